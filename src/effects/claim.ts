/** What a passed test says of the world outside: the code goes on only if this is so. */
export interface Claim {
  /** Loose name of the table or model that was asked. */
  name: string
  /** A row was there; or none was. */
  found: boolean
  /** Not the row, but one of its fields decided. */
  field?: string
  /** That field holds nothing; or something, whatever it is. */
  absent?: true
  present?: true
  /** That field is this constant (`=Status.Open`), or anything but it (`!Status.Paid`). */
  against?: string
  /** A look into something that the row holds: `post.likes.includes(id)`. */
  held?: true | undefined
  /** A change of the row was counted: the condition of an update or delete met it. */
  changed?: true
  /** Said in SQL: which columns it sets is not looked into. */
  sql?: true
  /** It is claimed for the user, whatever is asked for. */
  ofCaller?: true
  /** An entry of a key-value store … */
  kept?: true
  /** … whose key says what is asked for: neither the same for all, nor made up. */
  keyed?: true
  /** It was left out of what is added. */
  left?: true
  /** Any row would have done: nothing was asked of it. */
  any?: true
  /** No more than one row was asked for. */
  one?: true
  /** Or another test let what was there pass: `!(row && row.blocked)`. */
  maybe?: true
  /** It was asked only where something was given to ask for. */
  ifGiven?: true
  /** Fields that the row was looked up by. */
  by: string[]
}
