import { DockerfileParser } from 'dockerfile-ast'
import type { Dockerfile, Env, Instruction } from 'dockerfile-ast'
import { holdsOf } from '../mounts.js'
import { roleOf } from '../roles.js'
import { envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'

/** VOLUME and ENV of the last stage: earlier stages do not ship. */
export function readDockerfile(reading: Reading): void {
  const file = DockerfileParser.parse(reading.source.text)
  const from = file.getFROMs().at(-1)
  if (!from) return reading.unread('no FROM instruction', 0)
  const offset = lineOffsets(reading.source.text)
  const last = from.getRange().start.line
  const role = baseRole(file)
  for (const instruction of file.getInstructions()) {
    if (instruction.getRange().start.line < last) continue
    const keyword = instruction.getKeyword()
    if (keyword === 'VOLUME') readVolume(reading, instruction, offset, role)
    if (keyword === 'ENV') readEnv(reading, instruction as Env, offset, role)
  }
}

type Offset = (position: { line: number; character: number }) => number

function lineOffsets(text: string): Offset {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return ({ line, character }) => (starts[line] ?? text.length) + character
}

/** The role of the image that the last stage grows from, through named stages. */
function baseRole(file: Dockerfile) {
  let from = file.getFROMs().at(-1)
  for (let step = 0; from && step < 20; step++) {
    const image = from.getImage() ?? ''
    const stage = file.getFROMs().find((other) => other.getBuildStage() === image && other !== from)
    if (!stage) return roleOf(image, undefined)
    from = stage
  }
  return 'app' as const
}

const spanOf = (instruction: Instruction, offset: Offset) => ({ start: offset(instruction.getRange().start), end: offset(instruction.getRange().end) })

function readVolume(reading: Reading, instruction: Instruction, offset: Offset, role: ReturnType<typeof baseRole>): void {
  const targets = (instruction.getArgumentsContent() ?? '').replace(/[[\]",]/g, ' ').split(/\s+/).filter((target) => target !== '')
  for (const target of targets) {
    reading.facts.push({ kind: 'volume', ...factBase(reading, 'dockerfile', spanOf(instruction, offset), 'VOLUME', undefined, role), volume: 'dockerfile', target, readOnly: false, holds: holdsOf(undefined, target, false), owner: 'image' })
  }
}

function readEnv(reading: Reading, instruction: Env, offset: Offset, role: ReturnType<typeof baseRole>): void {
  for (const property of instruction.getProperties()) {
    const span = { start: offset(property.getRange().start), end: offset(property.getRange().end) }
    reading.facts.push({ ...envFact(reading, 'dockerfile', span, property.getName(), property.getValue() ?? undefined, undefined, role), origin: 'image' })
  }
}
