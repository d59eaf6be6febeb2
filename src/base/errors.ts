import { formatBytes } from './format.js'

/**
 * Every error a user can cause. `problem` says who, what was expected and what came; `advice` says what to do.
 * `message` holds both, the advice on an indented line of its own.
 */
export class FoveaError extends Error {
  constructor(
    readonly problem: string,
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(advice === undefined ? problem : `${problem}\n  ${advice}`, options)
    this.name = new.target.name
  }
}

/** Sizes that do not fit each other. */
export class ShapeError extends FoveaError {}

/** An option with a value it cannot have, or a name nobody knows. */
export class OptionError extends FoveaError {}

/** A file that is not what it says it is. */
export class FileError extends FoveaError {}

/** Training that cannot go on, because a number is no longer finite. */
export class DivergedError extends FoveaError {}

/** Bytes that are needed, and how many there can be; null where that is not known, because the machine refused. */
export interface MemoryShortage {
  readonly needed: number
  readonly limit: number | null
}

/** More memory is needed than WebAssembly can address, or than the machine gives. */
export class MemoryError extends FoveaError {
  readonly needed: number
  readonly limit: number | null

  /** @param who what needs the memory: the sentence's subject */
  constructor(who: string, { needed, limit }: MemoryShortage, advice?: string, options?: ErrorOptions) {
    const there = limit === null ? 'this machine does not give it' : `WebAssembly has ${formatBytes(limit)}`
    super(`${who} needs ${formatBytes(needed)} of memory, but ${there}.`, advice, options)
    this.needed = needed
    this.limit = limit
  }
}
