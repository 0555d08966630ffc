import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { ROOT_PATH, isRooted } from './paths.js'
import type { FnValue } from './values.js'

/**
 * Handlers that a text names: `'UserController.show'` below a folder of controllers, `'user/find'` for a method of one or a
 * file of its own. Case does not count, nor does the word Controller.
 */
export class NamedHandlers {
  private readonly tables = new Map<string, Map<string, Unit>>()

  constructor(private readonly library: Library) {}

  find(made: Application, folders: string[], text: string, see: (fn: FnValue) => void): void {
    if (isRooted(text)) return this.ofFile(text, see)
    const unit = made.inst.unit
    const dir = this.library.a.resolver.manifestOf(unit.path)?.dir ?? '.'
    for (const folder of folders) {
      const table = this.tableOf(dir === '.' ? folder : `${dir}/${folder}`)
      for (const [module, member] of partsOf(text)) {
        const found = table.get(keyOf(module))
        if (!found) continue
        this.members(made, found, member, see)
        return
      }
    }
  }

  /** `new Worker('mails', join(__dirname, 'mails.js'))`: what the file exports. */
  private ofFile(path: string, see: (fn: FnValue) => void): void {
    const { a, access } = this.library
    const to = a.resolver.resolve('package.json', `./${path.slice(ROOT_PATH.length)}`)
    const unit = to.kind === 'file' ? a.unitOf.get(to.file) : undefined
    if (!unit) return
    a.evaluateLater(unit)
    this.library.functions(access.modules.exportNode(unit, 'default'), see)
  }

  private members(made: Application, unit: Unit, member: string, see: (fn: FnValue) => void): void {
    const { a, access, arguments: paths } = this.library
    a.evaluateLater(unit)
    const exported = access.modules.exportNode(unit, 'default')
    this.library.functions(paths.beyond(exported, `.new.${member}`, made), see)
    this.library.functions(paths.beyond(exported, `.${member}`, made), see)
    if (unit.facts.exports.some(({ n }) => n === member)) this.library.functions(access.modules.exportNode(unit, member), see)
  }

  private tableOf(folder: string): Map<string, Unit> {
    let table = this.tables.get(folder)
    if (!table) {
      this.tables.set(folder, (table = new Map()))
      for (const unit of this.library.a.units) if (unit.path.startsWith(`${folder}/`)) table.set(keyOf(unit.path.slice(folder.length + 1).replace(/\.[cm]?[jt]s$/, '')), unit)
    }
    return table
  }
}

const keyOf = (module: string): string => module.toLowerCase().replace(/_?controller$/, '').replace(/[-_]/g, '')

/** Modules and members that a text may mean. */
const partsOf = (text: string): [string, string][] => {
  const plain = text.replace(/^(?:#controllers|@?App\/Controllers\/Http|App\/Controllers)\//, '')
  const dot = plain.lastIndexOf('.')
  if (dot > 0) return [[plain.slice(0, dot), plain.slice(dot + 1)], [plain.slice(0, dot).replaceAll('.', '/'), plain.slice(dot + 1)]]
  const slash = plain.lastIndexOf('/')
  return [[plain, 'fn'], ...(slash > 0 ? [[plain.slice(0, slash), plain.slice(slash + 1)] as [string, string]] : []), [plain, 'handle']]
}
