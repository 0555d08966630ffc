import type { Reading } from './source.js'

export const isDockerfile = (path: string): boolean => /(^|\/)([\w.-]+\.)?(Dockerfile|Containerfile)([.-][\w.-]+)?$/i.test(path) && !/\.(dockerignore|md|tsx?|[cm]?jsx?)$/i.test(path)

/** What a Dockerfile says of state stands in these; most files have none of them. */
const SPEAKS = /^[ \t]*(VOLUME|ENV)[ \t\\]/im

/** A reader of Dockerfiles. The parser is loaded only where one of the files says something. */
export async function dockerfileReader(files: readonly { path: string; text: string }[]): Promise<(reading: Reading) => void> {
  const speaking = files.some(({ path, text }) => isDockerfile(path) && SPEAKS.test(text))
  const { readDockerfile } = speaking ? await import('./read/dockerfile.js') : { readDockerfile: undefined }
  return (reading) => {
    if (readDockerfile && SPEAKS.test(reading.source.text)) readDockerfile(reading)
    else if (!/^[ \t]*FROM[ \t\\]/im.test(reading.source.text)) reading.unread('no FROM instruction', 0)
  }
}
