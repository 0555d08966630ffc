import type { FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

/** Headers that carry a provider's signature. */
const SIGNED = /^(x-)?([a-z0-9]+-)*(signature|hmac)(-?(sha\d+|ed25519|256|v\d+))*(-[a-z0-9]+)?$/i
const HMAC = /#(createHmac|timingSafeEqual|verify|createVerify|subtle\.verify|webcrypto\.subtle\.verify)$/

/** Does code check a provider's signature of what was sent? Then it is a webhook's. */
export class Signatures {
  private readonly named = new Map<FnFact, boolean>()
  private readonly checks = new Map<Instance, 'signature' | 'hash' | 'none'>()

  constructor(private readonly program: Program) {}

  /** The sign that a library checks it, or that a header with a signature is read beside a keyed hash. */
  areChecked(reached: Iterable<Instance>): boolean {
    let hashes = false
    let named = false
    for (const inst of reached) {
      const checks = this.checksOf(inst)
      if (checks === 'signature') return true
      hashes ||= checks === 'hash'
      named ||= this.namesHeader(inst)
      if (hashes && named) return true
    }
    return false
  }

  private checksOf(inst: Instance): 'signature' | 'hash' | 'none' {
    let known = this.checks.get(inst)
    if (known === undefined) {
      const calls = this.program.callsOf(inst)
      known = calls.some(({ row }) => row?.guard?.kind === 'verify-signature') ? 'signature' : calls.some(({ path }) => HMAC.test(path)) ? 'hash' : 'none'
      this.checks.set(inst, known)
    }
    return known
  }

  private namesHeader({ fn }: Instance): boolean {
    let known = this.named.get(fn)
    if (known === undefined) {
      known = false
      eachExpression(fn.body, (x) => {
        const given = x.k === 'elem' ? x.i : x.k === 'call' ? x.a[0] : undefined
        if (given?.k === 'lit' && typeof given.v === 'string' && given.v.includes('-') && SIGNED.test(given.v)) known = true
      })
      this.named.set(fn, known)
    }
    return known
  }
}
