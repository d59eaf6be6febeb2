/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An SVG element as text. `children` are SVG text already: texts of people go through `escapeText` first. */
export function el(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(short(value!))}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

/** What belongs together, moved by (x, y). */
export const group = (x: number, y: number, ...children: readonly string[]): string =>
  el('g', { transform: `translate(${short(x)} ${short(y)})` }, ...children)

/** Text as it may stand between tags and in attributes. */
export const escapeText = (text: string): string =>
  text
    .replace(controlCharacters, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** XML has no way to write these, and one of them in a class name would make the whole drawing unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Two digits behind the point are finer than any screen: files stay small, and alike on every machine. */
export const short = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : value
