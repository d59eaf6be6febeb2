import type { Tensor } from '../base/tensor.js'

/** Pictures and what they show, row by row. */
export interface Examples {
  /** `[N, H, W, C]`, uint8; `x.scaling` says what a byte stands for. */
  readonly x: Tensor<Uint8Array>
  /** `[N]`, the class of each picture, from 0. */
  readonly y: Tensor<Uint8Array>
}

/** A data set in memory, in the order of its files. */
export interface Dataset {
  /** `cifar10`, `shapes`, … */
  readonly name: string
  readonly classNames: readonly string[]
  readonly train: Examples
  readonly test: Examples
  /** What a person should know: fewer records than usual, files passed over. */
  readonly notices: readonly string[]
}

/** The bytes of named files, wherever they come from: a folder, an archive, a download. */
export interface FileSource {
  /** Where the files are, for messages. */
  readonly place: string
  /** The bytes of one file; null when there is none of that name. */
  read(name: string): Promise<Uint8Array | null>
}
