/** An error that the user can mend: one sentence with file, line and remedy, and the exit code it leads to. */
export class UserError extends Error {
  readonly exitCode: 2 | 3

  constructor(message: string, exitCode: 2 | 3 = 2) {
    super(message)
    this.name = 'UserError'
    this.exitCode = exitCode
  }
}
