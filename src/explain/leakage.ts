import { OptionError } from '../base/errors.js'
import type { Tensor } from '../base/tensor.js'

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
export function sharedPictures(x: Tensor<Uint8Array>, at: number): SharedPictures {
  if (!Number.isInteger(at) || at < 1 || at >= x.rows)
    throw new OptionError(
      `sharedPictures: at should be the first validation row, 1 to ${x.rows - 1} of ${x.rows}, but is ${at}.`,
      'Give floor(rows * (1 - validationSplit)).',
    )
  const training = new PictureIndex(x)
  for (let row = 0; row < at; row++) training.add(row)
  const examples: SharedPicture[] = []
  let rows = 0
  for (let row = at; row < x.rows; row++) {
    const found = training.find(row)
    if (found < 0) continue
    rows++
    if (examples.length < mostExamples) examples.push({ validation: row, training: found })
  }
  return { rows, of: x.rows - at, examples }
}

/** Rows of a tensor by what is in them: by a hash, and on a hit by the bytes themselves. */
class PictureIndex {
  /** Of each hash the row that was added last. */
  private readonly newest = new Map<number, number>()
  /** Of each row the one of the same hash before it, or -1. */
  private readonly earlier: Int32Array
  private readonly bytes: Uint8Array
  private readonly length: number

  constructor({ data, rows }: Tensor<Uint8Array>) {
    this.bytes = data
    this.length = data.length / rows
    this.earlier = new Int32Array(rows).fill(-1)
  }

  /** Of equal rows only the first is kept. */
  add(row: number): void {
    const hash = this.hash(row)
    const newest = this.newest.get(hash) ?? -1
    if (this.among(newest, row) >= 0) return
    this.earlier[row] = newest
    this.newest.set(hash, row)
  }

  /** The first row added that is equal to `row`; -1 where there is none. */
  find(row: number): number {
    return this.among(this.newest.get(this.hash(row)) ?? -1, row)
  }

  private among(first: number, row: number): number {
    let other = first
    while (other >= 0 && !this.equal(other, row)) other = this.earlier[other]!
    return other
  }

  /** FNV-1a, 32 bits. */
  private hash(row: number): number {
    const bytes = this.bytes
    const end = (row + 1) * this.length
    let hash = 0x811c9dc5
    for (let i = row * this.length; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    return hash
  }

  private equal(row: number, other: number): boolean {
    const bytes = this.bytes
    const [a, b] = [row * this.length, other * this.length]
    for (let i = 0; i < this.length; i++) if (bytes[a + i] !== bytes[b + i]) return false
    return true
  }
}
