import type { LookedUp } from '../link/peek.js'
import type { Expr } from '../model/facts.js'
import type { Cell, CellWrite } from './cells.js'
import type { Derived } from './derived.js'
import { isSame } from './once.js'
import { isEmptying } from './derived.js'
import { ownWrites } from './patterns.js'

/** Methods that make another text, number or list of one. */
const OF_TEXTS = /^(to(Lower|Upper)Case|join|match|trim(Start|End)?|split|substr(ing)?|replace(All)?|padStart|padEnd|charAt|normalize|toFixed|slice|concat)$/

/**
 * `if (!known) names.set(id, (known = { text: id.trim() }))`: what is put where a look has found nothing is written in terms of its key,
 * and only the code that puts it looks there. Every replica makes the same; who is in a list, or has been there, is another matter.
 */
export const isOfItsKey = (cell: Cell, look: LookedUp, derived: Derived): boolean => {
  const puts = ownWrites(cell).filter((w) => !isEmptying(w))
  if (puts.length === 0 || cell.writes.some((w) => w.inner || w.kind === 'delete' || w.kind === 'update')) return false
  return puts.every((put) => isMadeOfKey(put, look) && derived.isOnMiss(put, cell) && cell.reads.every((read) => read.inst.fn === put.inst.fn && read.op !== 'iterate' && read.op !== 'size'))
}

const isMadeOfKey = ({ inst, keyExpr, valueExpr }: CellWrite, look: LookedUp): boolean => {
  if (!keyExpr || !valueExpr || keyExpr.k === 'lit' || isSame(keyExpr, valueExpr)) return false
  let uses = 0
  const isOf = (x: Expr, depth: number): boolean => {
    if (isSame(x, keyExpr)) return ++uses > 0
    if (x.k === 'ref') {
      const given = depth < 2 ? look.givenTo(inst, x.b).filter((one) => one !== x && !isLook(one)) : []
      return given.length === 1 && isOf(given[0] as Expr, depth + 1)
    }
    return isPart(x, (part) => isOf(part, depth))
  }
  return isOf(valueExpr, 0) && uses > 0
}

/** `known = names.get(id)`: what it was before something was put there. */
const isLook = (x: Expr): boolean => x.k === 'elem' || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'get')

const isPart = (x: Expr, isOf: (part: Expr) => boolean): boolean => {
  switch (x.k) {
    case 'lit': return true
    case 'obj': return x.m.every(({ n, v }) => n !== undefined && isOf(v))
    case 'arr': return x.x.every(isOf)
    case 'tpl': return !x.tag && x.x.every(isOf)
    case 'bin': return isOf(x.l) && isOf(x.r)
    case 'call': return x.f.k === 'mem' && OF_TEXTS.test(x.f.n) && isOf(x.f.o) && x.a.every((arg) => arg.k === 're' || isOf(arg))
    default: return false
  }
}
