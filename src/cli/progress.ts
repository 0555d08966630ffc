import type { Io } from './io.js'

export interface ProgressEvent {
  phase: string
  done?: number
  total?: number
}

const EVERY_MS = 80

/** One line on stderr that is overwritten; nothing where nobody watches. */
export function progressLine(io: Io, wanted: boolean): { show(event: ProgressEvent): void; clear(): void } {
  if (!wanted || !io.stderrIsTty || io.env['CI'] || io.env['TERM'] === 'dumb') return { show: () => {}, clear: () => {} }
  let shown = ''
  let last = 0
  const clear = () => {
    if (shown) io.stderr('\r\x1b[K')
    shown = ''
  }
  const show = ({ phase, done, total }: ProgressEvent) => {
    const now = Date.now()
    if (shown.startsWith(phase) && now - last < EVERY_MS && done !== total) return
    last = now
    shown = `${phase}${total ? ` ${done ?? 0}/${total}` : ''}`
    io.stderr(`\r\x1b[K${shown.slice(0, Math.max(10, io.columns - 1))}`)
  }
  return { show, clear }
}

/** CPU of all threads so far, in milliseconds: on a busy machine it says more than the clock. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const shown = (end = 0, start = 0): string => (end - start).toFixed(0).padStart(7)

/** Wraps a progress listener so that the time of each phase can be told afterwards. */
export function timed(next: (event: ProgressEvent) => void): { onProgress(event: ProgressEvent): void; lines(): string[] } {
  const phases: { name: string; start: number; cpu: number }[] = [{ name: 'start', start: 0, cpu: 0 }]
  const onProgress = (event: ProgressEvent) => {
    if (phases.at(-1)?.name !== event.phase) phases.push({ name: event.phase, start: performance.now(), cpu: cpu() })
    next(event)
  }
  const lines = () => {
    const ends = [...phases.slice(1), { start: performance.now(), cpu: cpu() }]
    return phases.map((phase, index) => `${shown(ends[index]?.start, phase.start)} ms ${shown(ends[index]?.cpu, phase.cpu)} ms CPU  ${phase.name}`)
  }
  return { onProgress, lines }
}
