/**
 * FileFacts: what one file's bytes say, as plain JSON. A lowered syntax tree with lexical names already bound:
 * everything after `syntax` works on this and never on an AST. Keys are short because facts are cached and
 * re-read on every warm run. Offsets are UTF-16 code units: `p` start, `e` end (exclusive), `q` start of the name.
 */

/** Bump when the shape or the meaning of a fact changes: it is part of the cache key. */
export const FACTS_VERSION = 4

/** Index into `FileFacts.bindings` / `.functions` / `.classes`. */
export type BindingId = number
export type FnId = number
export type ClassId = number

/** What a glance at a file says, without parsing it: enough to tell whether a server runs it. */
export interface FileHead {
  /** Every literal module specifier of the file (imports, re-exports, `require('x')`, `import('x')`), unique. */
  specifiers: string[]
  /** Those that are imported for their types alone. */
  typeSpecifiers: string[]
  /** `'use client'`, `'use server'`… at the top of the file. */
  directives: string[]
  /** Number of lines of the file (for statistics). */
  lines: number
  /** 1 when its text holds a word that comments to the tool begin with. */
  speaks?: 1 | undefined
}

export interface FileFacts extends FileHead {
  v: number
  bindings: BindingFact[]
  /** functions[0] is the module body. */
  functions: FnFact[]
  classes: ClassFact[]
  imports: ImportFact[]
  exports: ExportFact[]
  types: TypeDeclFact[]
  /** Comments that speak to the tool (`stateless-audit-…`, `@idempotent`, `@stateless`, `@stateful`). */
  comments: { p: number; e: number; text: string }[]
  parseErrors: { p: number; message: string }[]
  /** True while nothing asked for more than the head: the file is not parsed, since no server runs it. */
  readonly unread?: boolean
}

export type BindingKind = 'var' | 'let' | 'const' | 'fn' | 'class' | 'param' | 'import' | 'catch' | 'enum' | 'ns'

export interface BindingFact {
  n: string
  /** Span of the declaring identifier. */
  p: number
  e: number
  kind: BindingKind
  /** The function (0 = module) whose invocation creates the binding. */
  f: FnId
  ty?: TypeFact
  fn?: FnId
  cls?: ClassId
  /** 1 when declared in a loop body (a fresh binding per iteration). */
  loop?: 1
}

export interface ImportFact {
  s: string
  p: number
  e: number
  /** `typeOnly` imports bind names for types alone. */
  typeOnly?: 1
  /** Imported name: an export's name, `default`, or `*` (namespace). */
  names: { n: string; b: BindingId; typeOnly?: 1 }[]
}

export interface ExportFact {
  /** Exported name; `*` for `export * from`; `=` for `export =`. */
  n: string
  p: number
  /** A local binding … */
  b?: BindingId
  /** … or an expression (`export default <expr>`, `export = <expr>`) … */
  x?: Expr
  /** … or another module's export (`i` = its name there, `*` = its namespace). */
  from?: string
  i?: string
  typeOnly?: 1
}

export type FnKind = 'module' | 'fn' | 'arrow' | 'method' | 'ctor' | 'get' | 'set' | 'init' | 'sinit'

export interface FnFact {
  /** Own name or the name it is assigned to (`const f = () => …`, `{ f() {} }`, class member name). */
  n?: string
  p: number
  e: number
  /** Span start of the name (or of the function where it has none). */
  q: number
  kind: FnKind
  /** Lexically enclosing function. -1 for the module body. */
  owner: FnId
  cls?: ClassId
  params: ParamFact[]
  body: Stmt[]
  async?: 1
  gen?: 1
  ret?: TypeFact
  directives?: string[]
  /** Uses its own `arguments`. */
  args?: 1
  /** TypeScript overload signature or abstract/declare body-less function. */
  bodiless?: 1
}

export interface ParamFact {
  t: Pattern
  ty?: TypeFact
  rest?: 1
  opt?: 1
  dec?: DecoratorFact[]
  /** Parameter property: the field it declares. The assignment itself is the first statements of the constructor's body. */
  prop?: string
  p: number
  e: number
}

export interface DecoratorFact {
  /** The decorator expression: a call in most cases. */
  x: Expr
  p: number
  e: number
}

export interface ClassFact {
  n?: string
  b?: BindingId
  p: number
  e: number
  q: number
  owner: FnId
  ext?: Expr
  /** Type arguments of the heritage clause. */
  extTypes?: TypeFact[]
  impl?: TypeFact[]
  abstract?: 1
  dec?: DecoratorFact[]
  fields: FieldFact[]
  methods: MethodFact[]
  ctor?: FnId
  /** Synthetic function whose body is `this.f = <initialiser>` for each instance field with one, in order (kind `init`). */
  init?: FnId
  /** The same for static fields and static blocks; `this` is the class (kind `sinit`). */
  sinit?: FnId
}

export interface FieldFact {
  /** Name; a computed one with a literal key is its text, others are left out. `#x` for private names. */
  n: string
  p: number
  e: number
  q: number
  ty?: TypeFact
  static?: 1
  ro?: 1
  /** Declared by a constructor parameter property. */
  param?: 1
  dec?: DecoratorFact[]
}

export interface MethodFact {
  n: string
  f: FnId
  kind: 'method' | 'get' | 'set'
  static?: 1
  abstract?: 1
  dec?: DecoratorFact[]
  p: number
  q: number
  e: number
}

/** ------------------------------------------------------------------ expressions */

interface At { p: number; e: number }

/** A name bound in this file. */
export interface RefExpr extends At { k: 'ref'; b: BindingId }
/** A name bound nowhere in this file: `process`, `Map`, `require`, `module`, `WIKI`, `undefined`. */
export interface GlobalExpr extends At { k: 'glob'; n: string }
export interface MemberExpr extends At { k: 'mem'; o: Expr; n: string; q: number; opt?: 1 }
/** `o[i]`; with a string literal `i` it is a MemberExpr instead. */
export interface ElementExpr extends At { k: 'elem'; o: Expr; i: Expr; opt?: 1 }
/** A call; also a JSX element (`jsx: 1`: callee, then one object with the attributes, children as `children`). */
export interface CallExpr extends At { k: 'call'; f: Expr; a: Expr[]; opt?: 1; jsx?: 1; ta?: TypeFact[] }
export interface NewExpr extends At { k: 'new'; f: Expr; a: Expr[]; ta?: TypeFact[] }
export interface LitExpr extends At { k: 'lit'; v: string | number | boolean | null }
/** Template: `q.length === x.length + 1`; `tag` when tagged. */
export interface TemplateExpr extends At { k: 'tpl'; q: string[]; x: Expr[]; tag?: Expr }
export interface ConditionalExpr extends At { k: 'cond'; t: Expr; c: Expr; a: Expr }
export interface LogicalExpr extends At { k: 'log'; op: '&&' | '||' | '??'; l: Expr; r: Expr }
export interface BinaryExpr extends At { k: 'bin'; op: string; l: Expr; r: Expr }
export interface UnaryExpr extends At { k: 'un'; op: '!' | '-' | '+' | '~' | 'typeof' | 'void'; x: Expr }
export interface AwaitExpr extends At { k: 'await'; x: Expr }
export interface YieldExpr extends At { k: 'yield'; x?: Expr; all?: 1 }
export interface SpreadExpr extends At { k: 'spread'; x: Expr }
/** Holes are `null` literals. */
export interface ArrayExpr extends At { k: 'arr'; x: Expr[] }
export interface ObjectExpr extends At { k: 'obj'; m: PropFact[] }
export interface FunctionExpr extends At { k: 'fn'; f: FnId }
export interface ClassExpr extends At { k: 'class'; c: ClassId }
export interface ThisExpr extends At { k: 'this' }
export interface SuperExpr extends At { k: 'super' }
export interface RegexExpr extends At { k: 're'; v: string }
/** Assignment. `l` is a reference expression, or a pattern for destructuring assignment. */
export interface AssignExpr extends At { k: 'set'; op: string; l: Expr | Pattern; r: Expr }
export interface UpdateExpr extends At { k: 'upd'; op: '++' | '--'; x: Expr; pre?: 1 }
export interface DeleteExpr extends At { k: 'del'; x: Expr }
export interface SequenceExpr extends At { k: 'seq'; x: Expr[] }
export interface DynamicImportExpr extends At { k: 'imp'; s: Expr }
export interface MetaExpr extends At { k: 'meta'; n: 'import.meta' | 'new.target' }

/** Casts, non-null, `satisfies` and parentheses are transparent: only what is inside them is a fact. */
export type Expr =
  | RefExpr | GlobalExpr | MemberExpr | ElementExpr | CallExpr | NewExpr | LitExpr | TemplateExpr | ConditionalExpr
  | LogicalExpr | BinaryExpr | UnaryExpr | AwaitExpr | YieldExpr | SpreadExpr | ArrayExpr | ObjectExpr | FunctionExpr
  | ClassExpr | ThisExpr | SuperExpr | RegexExpr | AssignExpr | UpdateExpr | DeleteExpr | SequenceExpr
  | DynamicImportExpr | MetaExpr

export interface PropFact {
  /** Name when static (identifier, string or number key). */
  n?: string
  /** Computed key. */
  c?: Expr
  /** Value (for `spread`, the spread expression; for methods and accessors, a FunctionExpr). */
  v: Expr
  kind: 'init' | 'method' | 'get' | 'set' | 'spread'
  p: number
  /** Start of the key. */
  q: number
}

export type Pattern =
  /** Declares a binding. */
  | { k: 'bind'; b: BindingId }
  | { k: 'objpat'; m: { n?: string; c?: Expr; t: Pattern; p: number }[]; rest?: Pattern }
  | { k: 'arrpat'; x: (Pattern | null)[]; rest?: Pattern }
  /** Default value: `t = d`. */
  | { k: 'def'; t: Pattern; d: Expr }
  /** Assignment target in a destructuring assignment. */
  | { k: 'target'; x: Expr }

/** ------------------------------------------------------------------ statements */

export type Stmt =
  | { k: 'expr'; x: Expr; p: number }
  | { k: 'var'; d: { t: Pattern; i?: Expr }[]; kind: 'var' | 'let' | 'const' | 'using'; p: number }
  | { k: 'if'; t: Expr; c: Stmt[]; a?: Stmt[]; p: number }
  /** `for(init; t; upd)`, `while(t)`, `do … while(t)`, `for (each of t)`, `for (each in t)`. */
  | { k: 'loop'; kind: 'for' | 'while' | 'do' | 'of' | 'in'; init?: Stmt[]; t?: Expr; upd?: Expr; each?: Pattern; b: Stmt[]; p: number }
  | { k: 'try'; b: Stmt[]; param?: Pattern; c?: Stmt[]; f?: Stmt[]; p: number }
  | { k: 'ret'; x?: Expr; p: number }
  /** Also by a call that never comes back: `redirect('/login')` of Next, `invariant(user)`. */
  | { k: 'throw'; x: Expr; p: number }
  | { k: 'switch'; x: Expr; cases: { t?: Expr; b: Stmt[] }[]; p: number }
  | { k: 'block'; b: Stmt[]; label?: string; p: number }
  | { k: 'break'; label?: string; p: number }
  | { k: 'continue'; label?: string; p: number }
  /** A function declaration stands where it is written; its binding is hoisted (`BindingFact.fn`). */
  | { k: 'fn'; f: FnId; p: number }
  | { k: 'class'; c: ClassId; p: number }

/** ------------------------------------------------------------------ types */

/** What an annotation says, without resolving it. */
export type TypeFact =
  /** Named type: `Repository<User>`; `b` when the first name is bound in this file; dotted names keep their dots. */
  | { k: 'ref'; n: string; b?: BindingId; a?: TypeFact[] }
  | { k: 'arr'; x: TypeFact }
  | { k: 'tuple'; x: TypeFact[] }
  | { k: 'union' | 'inter'; x: TypeFact[] }
  | { k: 'fn'; ps: TypeFact[]; r?: TypeFact }
  | { k: 'obj'; m: TypeMember[] }
  | { k: 'lit'; v: string | number | boolean | null }
  /** string, number, boolean, any, unknown, void, never, null, undefined, object, symbol, bigint */
  | { k: 'prim'; n: string }
  | { k: 'typeof'; x: Expr }
  | { k: 'import'; s: string; n?: string; a?: TypeFact[] }
  | { k: 'other' }

export interface TypeMember { n: string; ty?: TypeFact; opt?: 1; p: number }

export interface TypeDeclFact {
  n: string
  p: number
  e: number
  kind: 'interface' | 'alias'
  /** Type parameters' names. */
  tp?: string[]
  ext?: TypeFact[]
  m?: TypeMember[]
  ty?: TypeFact
  exported?: 1
}
