const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }

function escape(text: string, pattern: RegExp): string {
  // Characters that XML 1.0 cannot hold at all, lone surrogates among them.
  // eslint-disable-next-line no-control-regex
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
  return legal.replace(pattern, (character) => ENTITY[character] ?? character)
}

/** One element; undefined attributes are left out. `content` is markup already. */
export function element(name: string, attributes: Record<string, string | number | undefined>, content?: string): string {
  const list = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escape(String(value), /[&<>"'\n\r\t]/g)}"`]))
  return content === undefined ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${content}</${name}>`
}

/** Text between tags. */
export function text(content: string): string {
  return escape(content, /[&<>\r]/g)
}

export const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>'
