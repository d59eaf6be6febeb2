// Control characters, line and paragraph separators, and the marks that turn the direction of writing.
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (character: string): string =>
  short[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`

/**
 * A file's name or path as a person may be shown it, on one line of a terminal: `a\nb.jpg` for a name with a line feed in
 * it. Letters of any script and emoji stay; so does the backslash, which separates folders on Windows.
 */
export const showName = (name: string): string => (name === '' ? '""' : name.replace(unprintable, escaped))
