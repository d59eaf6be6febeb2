/** Below, equal, above: negative, 0, positive. */
type Compare = (a: string, b: string) => number

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/**
 * The order of names, the same on every machine whatever its language: by code points (capitals before small letters),
 * but runs of digits by the number they are, so that `10` comes after `9`. Different names are never equal: where only
 * zeros in front differ, `01` comes before `1`.
 */
export function compareNames(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const x = a.codePointAt(i)!
    const y = b.codePointAt(j)!
    if (isDigit(x) && isDigit(y)) {
      const digitsA = digitsFrom(a, i)
      const digitsB = digitsFrom(b, j)
      const order = compareDigits(digitsA, digitsB)
      if (order !== 0) return order
      i += digitsA.length
      j += digitsB.length
    } else {
      if (x !== y) return x - y
      const width = x > 0xffff ? 2 : 1
      i += width
      j += width
    }
  }
  return a.length - i - (b.length - j) || compareText(a, b)
}

function digitsFrom(name: string, start: number): string {
  let end = start
  while (end < name.length && isDigit(name.charCodeAt(end))) end++
  return name.slice(start, end)
}

/** By value, also where it is beyond what a number can hold. */
function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '')
  const y = b.replace(/^0+/, '')
  return x.length - y.length || compareText(x, y)
}

const compareText: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** The order of paths with `/`, folder by folder: the files of a folder come before what lies in its subfolders. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  const start = same === 0 ? 0 : a.lastIndexOf('/', same - 1) + 1
  const endA = a.indexOf('/', start)
  const endB = b.indexOf('/', start)
  if (endA < 0 !== endB < 0) return endA < 0 ? -1 : 1
  return compareNames(segment(a, start, endA), segment(b, start, endB))
}

const segment = (path: string, start: number, end: number): string =>
  end < 0 ? path.slice(start) : path.slice(start, end)

/**
 * The items in the order of their names. Letters with accents count as one however the file system spells them (macOS
 * may store `é` as two code points).
 */
export function inOrder<T>(
  items: Iterable<T>,
  nameOf: (item: T) => string,
  compare: Compare = compareNames,
): T[] {
  const keyed = Array.from(items, item => ({ item, name: nameOf(item), key: nameOf(item).normalize('NFC') }))
  keyed.sort((a, b) => compare(a.key, b.key) || compareText(a.name, b.name))
  return keyed.map(({ item }) => item)
}
