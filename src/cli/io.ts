/** What the command line touches of the world; tests pass their own. */
export interface Io {
  cwd: string
  env: Record<string, string | undefined>
  /** Resolves when the text has left the process (or the reader has gone away). */
  stdout(text: string): Promise<void>
  stderr(text: string): void
  stdoutIsTty: boolean
  stderrIsTty: boolean
  columns: number
  /** `YYYY-MM-DD`. */
  today: string
}

function writer(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `stateless-audit | head` closes the pipe: that is no failure of ours.
    if (error.code !== 'EPIPE') throw error
    gone = true
  })
  return (text) => new Promise((done) => (gone || text === '' ? done() : stream.write(text, () => done())))
}

/** The real process. */
export function processIo(): Io {
  const stdout = writer(process.stdout)
  const stderr = writer(process.stderr)
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr: (text) => void stderr(text),
    stdoutIsTty: process.stdout.isTTY === true,
    stderrIsTty: process.stderr.isTTY === true,
    columns: process.stdout.columns || Number(process.env['COLUMNS']) || 80,
    today: new Date().toISOString().slice(0, 10),
  }
}

/** Colour on stdout: flag, then NO_COLOR, FORCE_COLOR, then the terminal. */
export function wantsColor(io: Io, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag
  if (io.env['NO_COLOR']) return false
  const force = io.env['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return io.stdoutIsTty && io.env['TERM'] !== 'dumb'
}

/** OSC 8 links: only where a person looks at a terminal that is likely to know them. */
export function wantsLinks(io: Io): boolean {
  const force = io.env['FORCE_HYPERLINK']
  if (force !== undefined) return force !== '0'
  return io.stdoutIsTty && !io.env['CI'] && io.env['TERM'] !== 'dumb' && !io.env['NO_COLOR']
}
