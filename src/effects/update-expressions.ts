/** `ADD views :one`, `SET views = views + :one`, `SET tags = list_append(tags, :more)`: an update in DynamoDB's language that goes by what was there. */
export const goesByWhatWasThere = (text: string): boolean => /(^|\s)ADD\s/i.test(text) || /=[^,]*?[\w)]\s*[-+]\s*[:#\w]/.test(text.replace(/\([^()]*\)/g, '()')) || /=\s*list_append\s*\(/i.test(text)

/** `user.createPost(…)`: what is made is named by the method. */
export const madeByName = (path: string, prefix: string): string | undefined => {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)) ? name.slice(prefix.length) : undefined
}
