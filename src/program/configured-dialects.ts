import type { EmbeddedModel } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

/** Packages that give code what the files of `config/` say; TypeORM and the models of Sequelize read theirs themselves. */
const READS_CONFIG = /^(?:config|@feathersjs\/configuration|feathers-configuration|node-config-ts)$/
const OF_ORM = /(?:^|\/)(?:ormconfig\.\w+|config\/config\.json)$/

/** Dialects that stand in configuration files and nowhere in the code. */
export class ConfiguredDialects {
  /** Where each package was told of. */
  private readonly told = new Map<string, Expr>()

  constructor(private readonly program: Program, private readonly packageOf: (file: string) => string) {}

  /** Does the configuration of its package name an embedded dialect for what the code leaves open? Told once a package. */
  say(use: LibraryUse, { when, connector }: EmbeddedModel): boolean {
    if (connector !== undefined) return this.isFileOfNitro(use, connector)
    const folder = this.packageOf(use.site.file)
    const known = this.told.get(folder)
    if (known) return known === use.call.site
    const providers = this.program.providers.filter(({ configured }) => configured)
    if (!when || providers.length === 0 || this.isGivenAddress(use)) return false
    const named = providers.filter(({ site }) => this.packageOf(site.file) === folder && (OF_ORM.test(site.file) || this.readsConfig(folder)))
    const production = named.filter(({ environment }) => environment === 'production')
    const anywhere = named.filter(({ environment }) => environment === undefined)
    const [chosen] = [production, anywhere, named].filter((some) => some.length > 0)
    if (!chosen?.every(({ provider }) => when.values.includes(provider))) return false
    this.told.set(folder, use.call.site)
    return true
  }

  private isFileOfNitro(use: LibraryUse, connector: string): boolean {
    const { libraries } = this.program
    const [name = 'default'] = libraries.texts(use, connector)
    return !libraries.nitro.hasServer(name)
  }

  /** `new Sequelize(process.env.DATABASE_URL)`: the address decides. */
  private isGivenAddress({ call }: LibraryUse): boolean {
    const { a } = this.program
    return call.args.slice(0, 1).some((arg) => a.of(arg).some((value) => (value.kind === 'lib' && value.path.startsWith('global#process.env')) || (value.kind === 'lit' && typeof value.value === 'string' && value.value.includes(':'))))
  }

  private readsConfig(folder: string): boolean {
    return this.program.a.units.some((unit) => unit.path.startsWith(folder) && unit.facts.specifiers.some((specifier) => READS_CONFIG.test(specifier)))
  }
}
