export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`bare & in ${text}`)
  return text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

function attributesOf(text: string): Record<string, string> {
  const rest = text.replace(/\s+[\w.:-]+="[^"<]*"/g, '')
  if (rest.trim() !== '') throw new Error(`not attributes: ${rest}`)
  return Object.fromEntries([...text.matchAll(/([\w.:-]+)="([^"<]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)]))
}

/** A strict reader of the XML that reporters write: it refuses what is not well-formed. */
export function parseXml(xml: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const stack = [top]
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  for (const [token, close, name, attributes = '', empty] of body.matchAll(/<(\/?)([\w.:-]+)((?:\s+[\w.:-]+="[^"]*")*)\s*(\/?)>|[^<]+|</g)) {
    const open = stack.at(-1) ?? top
    if (name === undefined) {
      if (token === '<') throw new Error('bare <')
      open.text += decode(token)
    } else if (close) {
      if (stack.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' }
      open.children.push(element)
      if (!empty) stack.push(element)
    }
  }
  const [root] = top.children
  if (stack.length !== 1 || !root || top.children.length !== 1) throw new Error('not one closed root')
  return root
}
