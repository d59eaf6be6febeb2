import { formatCount } from '../../base/format.js'
import { compareNames } from './natural-order.js'
import { extensionOf, isHeic } from './picture-names.js'
import { showName } from './show-name.js'

interface Words {
  readonly one: string
  readonly many: string
  /** A sentence behind the examples. */
  readonly advice?: string
}

/** Why something is passed over, in the order it is said. */
const reasons = {
  loose: { one: 'picture that lies in no class folder', many: 'pictures that lie in no class folder' },
  beside: { one: 'folder beside the parts', many: 'folders beside the parts' },
  empty: { one: 'folder in which there is no picture', many: 'folders in which there is no picture' },
  missing: { one: 'row whose file is missing', many: 'rows whose files are missing' },
  notFile: { one: 'row that names no regular file', many: 'rows that name no regular files' },
  repeated: { one: 'row that repeats another', many: 'rows that repeat others' },
  named: {
    one: 'file that was named more than once',
    many: 'files that were named more than once',
    advice: 'Each is taken once.',
  },
  heic: {
    one: 'HEIC picture, which Fovea cannot decode',
    many: 'HEIC pictures, which Fovea cannot decode',
    advice: 'Convert them to JPEG.',
  },
  hidden: { one: 'hidden folder with pictures', many: 'hidden folders with pictures' },
  unreadable: { one: 'file or folder that may not be read', many: 'files or folders that may not be read' },
  broken: { one: 'link that leads nowhere', many: 'links that lead nowhere' },
  again: {
    one: 'link to a folder that is looked through anyway',
    many: 'links to folders that are looked through anyway',
  },
  twin: { one: 'picture that another path leads to', many: 'pictures that other paths lead to' },
  irregular: {
    one: 'thing that is no regular file (a pipe, a socket, a device)',
    many: 'things that are no regular files (pipes, sockets, devices)',
  },
  garbled: { one: 'name that is not UTF-8', many: 'names that are not UTF-8', advice: 'Rename such files.' },
} as const satisfies Record<string, Words>

export type Reason = keyof typeof reasons

interface Counted {
  count: number
  readonly examples: string[]
}

/** So many examples are given of a kind. */
const most = 3

/** What was passed over while pictures were looked for: counted, never fatal. */
export class PassedOver {
  readonly #counted = new Map<Reason, Counted>()
  readonly #extensions = new Map<string, number>()
  readonly #start: string

  /** @param place what paths are told relative to; empty: they are told as they are */
  constructor(place: string) {
    this.#start = place === '' || place.endsWith('/') ? place : `${place}/`
  }

  /** @param remark put in brackets behind an example, and asked for only there */
  note(reason: Reason, path: string, remark?: () => string): void {
    const counted = this.#counted.get(reason) ?? { count: 0, examples: [] }
    this.#counted.set(reason, counted)
    counted.count++
    if (counted.examples.length >= most) return
    const shown = showName(path.startsWith(this.#start) ? path.slice(this.#start.length) : path)
    counted.examples.push(remark === undefined ? shown : `${shown} (${remark()})`)
  }

  /** A file whose extension is not one of a picture. */
  noteFile(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const extension = extensionOf(name)
    if (isHeic(name)) this.note('heic', path)
    else this.#extensions.set(extension, (this.#extensions.get(extension) ?? 0) + 1)
  }

  /** One sentence for each reason there was, with its advice. */
  sentences(): string[] {
    const told = (Object.keys(reasons) as Reason[])
      .filter(reason => this.#counted.has(reason))
      .map(reason => sentence(reasons[reason], this.#counted.get(reason)!))
    return this.#extensions.size === 0 ? told : [...told, extensionSentence(this.#extensions)]
  }
}

function sentence({ one, many, advice }: Words, { count, examples }: Counted): string {
  const what = count === 1 ? one : many
  const told = `Passed over ${formatCount(count)} ${what}: ${listed(examples, count)}.`
  return advice === undefined ? told : `${told} ${advice}`
}

/** `a, b, c and 9 more` */
export const listed = (examples: readonly string[], count: number): string =>
  count > examples.length
    ? `${examples.join(', ')} and ${formatCount(count - examples.length)} more`
    : examples.join(', ')

/** `1 picture`, `1,200 pictures` */
export const countOf = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

function extensionSentence(extensions: ReadonlyMap<string, number>): string {
  const ranked = [...extensions].sort((a, b) => b[1] - a[1] || compareNames(a[0], b[0]))
  const total = ranked.reduce((sum, [, count]) => sum + count, 0)
  const told = ranked.slice(0, most)
  const rest = ranked.slice(most).reduce((sum, [, count]) => sum + count, 0)
  const kinds = told.map(
    ([extension, count]) =>
      `${formatCount(count)} ${extension === '' ? 'without an extension' : `.${showName(extension)}`}`,
  )
  const files = total === 1 ? 'file that is no picture' : 'files that are no pictures'
  return `Passed over ${formatCount(total)} ${files}: ${listed(kinds, kinds.length + rest)}.`
}
