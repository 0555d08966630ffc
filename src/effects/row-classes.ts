import type { TypeFact } from '../model/facts.js'
import type { ClassValue } from '../link/values.js'

/** What stands behind the name of a row in that of its keeper. */
export const SUFFIX = /(Repository|Repo|Model|Collection|Service|Entity|Store|Dao|Table|(?<![siu]|ia)s)$/

/** `class UserRepository extends Repository<User>`, also by a generic class of the project's own: the rows are those of `User`. */
export const rowOfClass = ({ cls }: ClassValue): string | undefined => {
  const [first] = SUFFIX.test(cls.n ?? '') ? cls.extTypes ?? [] : []
  return nameOfRow(first)
}

const nameOfRow = (type: TypeFact | undefined): string | undefined => (type?.k === 'ref' && !/^[A-Z]\d?$|^any$/.test(type.n) ? type.n : undefined)

/** `constructor(private repository: Repository<User>)`: the rows are those of `User`. */
export const rowOfField = ({ cls }: ClassValue, name: string): string | undefined => {
  const type = cls.fields.find(({ n }) => n === name)?.ty
  return type?.k === 'ref' ? nameOfRow(type.a?.[0]) : undefined
}
