import { plainYaml } from './plain-yaml.js'
import type { YamlText } from './yaml.js'

export type YamlParser = (text: string) => YamlText

/** A parser for these texts and what they hold: the library is loaded only where one of them needs it. */
export async function yamlParser(texts: readonly string[]): Promise<YamlParser> {
  const plain = new Map(texts.map((text) => [text, plainYaml(text)]))
  const library = [...plain.values()].includes(undefined) ? (await import('./yaml.js')).parseYaml : undefined
  return (text) => {
    const documents = plain.has(text) ? plain.get(text) : plainYaml(text)
    if (documents) return { documents, errors: [] }
    // Blocks of text alone hold YAML themselves, and those are not plain.
    if (!library) throw new Error('a part of a plain file is not plain')
    return library(text)
  }
}
