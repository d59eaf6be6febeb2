/**
 * A path as it is typed on a command line: in quotes where a shell would take it apart, and never to be mistaken for an option.
 * With a line feed or another control character in it, as bash and zsh write that: `$'a\nb'`.
 */
export function shellWord(path: string, platform: NodeJS.Platform = process.platform): string {
  const word = path.startsWith('-') ? `./${path}` : path
  if (/^[\p{L}\p{N}_./@%+,:=-]+$/u.test(word)) return word
  if (platform === 'win32') return `"${word.replaceAll('"', '\\"')}"`
  return control.test(word)
    ? `$'${word.replace(/[\\']/g, '\\$&').replace(controls, escaped)}'`
    : `'${word.replaceAll("'", "'\\''")}'`
}

const control = /\p{Cc}/u
const controls = /\p{Cc}/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (character: string): string =>
  short[character] ?? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`
