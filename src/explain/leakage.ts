import { OptionError } from '../base/errors.js'
import type { Rows } from '../base/rows.js'

/** A validation picture and the first training picture that is the same. Rows of the whole tensor, from 0. */
export interface SharedPicture {
  readonly validation: number
  readonly training: number
}

/** How many validation pictures training has seen. */
export interface SharedPictures {
  readonly rows: number
  /** Rows of the validation part. */
  readonly of: number
  /** The first ten. */
  readonly examples: readonly SharedPicture[]
}

const mostExamples = 10

/**
 * Looks for pictures that stand in both parts of a split, byte for byte. Pictures that were resized, moved or stored
 * anew with losses are others, and are not found.
 *
 * @param x `[N, H, W, C]`, rows `[0, at)` train and rows `[at, N)` validate, as `validationSplit` has it
 * @param at first row of the validation part
 * @throws OptionError where one of the parts would be empty
 */
export function sharedPictures(x: Rows<Uint8Array>, at: number): SharedPictures {
  if (!Number.isInteger(at) || at < 1 || at >= x.rows)
    throw new OptionError(
      `sharedPictures: at should be the first validation row, 1 to ${x.rows - 1} of ${x.rows}, but is ${at}.`,
      'Give floor(rows * (1 - validationSplit)).',
    )
  const { rows, of, examples } = sharedBetween(x.slice(0, at), x.slice(at))
  return {
    rows,
    of,
    examples: examples.map(({ validation, training }) => ({ validation: at + validation, training })),
  }
}

/** The same for two parts that lie apart; rows of each part, from 0. */
export function sharedBetween(training: Rows<Uint8Array>, validation: Rows<Uint8Array>): SharedPictures {
  const seen = new PictureIndex(training)
  for (let row = 0; row < training.rows; row++) seen.add(row)
  const examples: SharedPicture[] = []
  let rows = 0
  for (let row = 0; row < validation.rows; row++) {
    const found = seen.find(validation.row(row))
    if (found < 0) continue
    rows++
    if (examples.length < mostExamples) examples.push({ validation: row, training: found })
  }
  return { rows, of: validation.rows, examples }
}

/** Rows by what is in them: by a hash, and on a hit by the bytes themselves. */
class PictureIndex {
  /** Of each hash the row that was added last. */
  private readonly newest = new Map<number, number>()
  /** Of each row the one of the same hash before it, or -1. */
  private readonly earlier: Int32Array

  constructor(private readonly pictures: Rows<Uint8Array>) {
    this.earlier = new Int32Array(pictures.rows).fill(-1)
  }

  /** Of equal rows only the first is kept. */
  add(row: number): void {
    const bytes = this.pictures.row(row)
    const hash = hashOf(bytes)
    const newest = this.newest.get(hash) ?? -1
    // What comes after reads other rows, which may take the place of this one.
    if (newest >= 0 && this.among(newest, bytes.slice()) >= 0) return
    this.earlier[row] = newest
    this.newest.set(hash, row)
  }

  /** The first row added that holds these bytes; -1 where there is none. */
  find(bytes: Uint8Array): number {
    return this.among(this.newest.get(hashOf(bytes)) ?? -1, bytes)
  }

  private among(first: number, bytes: Uint8Array): number {
    let row = first
    while (row >= 0 && !equal(this.pictures.row(row), bytes)) row = this.earlier[row]!
    return row
  }
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
