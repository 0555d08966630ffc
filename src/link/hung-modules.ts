import type { HangModel } from '../model/convention.js'
import type { Unit } from './instances.js'
import type { Library } from './library.js'
import type { Ref } from './solver.js'

/** What a module exports is a member of an object of the framework, by the names of its folders and file: `app.controller.admin.users`. */
export const hang = (library: Library, unit: Unit, inside: string, name: string, model: HangModel): void => {
  const { a } = library
  const names = model.below ? placeOf(inside, model, model.below) : []
  if (names === undefined) return
  a.evaluateLater(unit)
  const exported = library.access.modules.exportNode(unit, name)
  for (const path of model.on) {
    const bag = a.bag(path)
    if (names.length > 0) for (const place of model.called ? [names, [...names, model.called]] : [names]) a.solver.flow(meantBy(library, unit, exported, model), library.inside.field(bag, place))
    else library.access.copyFields(meantBy(library, unit, exported, model), bag)
  }
}

/** What is meant by what a module exports: an instance of a class, the result of a function. */
export const meantBy = (library: Library, unit: Unit, ref: Ref, model: HangModel, called = false): number => {
  const { a } = library
  const node = a.solver.node()
  a.solver.watch(ref, (id) => {
    const value = a.value(id)
    if (value.kind === 'class' && model.as === 'instance') a.solver.add(node, library.components.instance(value, 'request').id)
    else if (value.kind === 'fn' && model.given && !called) {
      const result = a.solver.node()
      library.calls.invoke(unit.module, { k: 'this', p: value.fn.p, e: value.fn.p }, value, [], model.given.map((path) => library.typed(path, 'startup')), result, { phase: 'startup' })
      a.solver.flow(meantBy(library, unit, library.access.awaited(result), model, true), node)
    } else a.solver.add(node, id)
  })
  return node
}

/** `app/controller/admin/user_roles.js` → `admin`, `userRoles`. */
const placeOf = (inside: string, { drop, ending, capital, written }: HangModel, below: string[]): string[] | undefined => {
  const folder = below.map((one) => heldIn(inside, one)).find((one) => one !== undefined)
  if (folder === undefined) return undefined
  if (written) return [inside.slice(folder.length + 1).replace(/\.\w+$/, '')]
  const names = inside.slice(folder.length + 1).replace(/\.\w+$/, '').split('/').filter((part, i, all) => i === all.length - 1 || !drop?.includes(part)).map(camel)
  const last = names.pop()?.replace(new RegExp(`${ending ?? ''}$`, 'i'), '') ?? ''
  return [...names, capital ? last.replace(/^\w/, (letter) => letter.toUpperCase()) : last]
}

/** The part of a path that is this folder, in which `*` stands for a name. */
const heldIn = (inside: string, folder: string): string | undefined => {
  const names = inside.split('/').slice(0, folder.split('/').length)
  return folder.split('/').every((name, i) => name === '*' || name === names[i]) ? names.join('/') : undefined
}

const camel = (part: string): string => part.replace(/[-_. ]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())
