import type { AccessPath, ArgumentPath, ComponentModel, OnlyWhen } from './catalog.js'

/** What a container is told, and what is sent without saying to whom: parts of rows of the catalog. */
export interface SendModel {
  /** What is sent (its class counts), or the name that it is sent under. */
  key: ArgumentPath
  /** What listeners are given, where it is not what was sent. */
  args?: ArgumentPath[]
  /** What listeners return goes nowhere. */
  unasked?: true
}

/**
 * A container makes something of a class, a factory or an object that says it by its own row, though nobody has bound it. The call yields it; where
 * it yields an object of the library (`returns`), that has it under `@built`.
 */
export interface BuildModel {
  of: ArgumentPath
  /** As in `ServiceModel`. */
  byName: AccessPath
  /** It is made anew for each request. */
  scope?: 'request'
}

export interface ServiceModel {
  /** Where the token stands; `0{}`: the names of the members are the tokens, and they are what is bound. */
  token: ArgumentPath
  /** What is bound: a class to make instances of, a value, a function whose result it is, another token, or an object that says it by its own row. */
  of: ArgumentPath
  as: 'instance' | 'value' | 'result' | 'service' | 'resolver' | 'maker'
  /** Of a maker: the path of the function of the library that makes one with each call; what is bound is its `made.0`. */
  maker?: AccessPath
  /** How long what is made lives; `bound`: a further call of the chain may say it (`transient` where none does). `transient` and `request` last as long as what they are given to. */
  scope?: ComponentModel['scope'] | 'bound'
  /** Texts or paths at an argument that mean one for the process. */
  scopeFrom?: { arg: ArgumentPath; singleton: string[] }
  onlyWhen?: OnlyWhen
  /** What a factory is given: these paths, or the services of the tokens in a list. */
  params?: AccessPath[]
  inject?: ArgumentPath
  /** Constructors and factories are given the services by their names: this path as a whole, or one for each parameter. */
  byName?: AccessPath
}
