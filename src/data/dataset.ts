import type { Rows } from '../base/rows.js'
import type { Tensor } from '../base/tensor.js'

/** Pictures and what they show, row by row. */
export interface Examples<X extends Rows<Uint8Array> = Rows<Uint8Array>> {
  /** `[N, H, W, C]`, uint8; `x.scaling` says what a byte stands for. */
  readonly x: X
  /** `[N]`, the class of each picture, from 0. */
  readonly y: Tensor<Uint8Array>
  /** The file of each picture, where each is one. */
  readonly files?: readonly string[]
}

/** Tells whether pictures to train on, and those that measure how training goes, are still the same in the same order. */
export interface TrainingFingerprint {
  /** Pictures to train on. */
  readonly train: number
  /** Pictures that measure how training goes. */
  readonly validation: number
  /** A hash of their contents, labels and class names, in hexadecimal digits. */
  readonly content: string
}

/** A data set, in the order of its files. */
export interface Dataset<X extends Rows<Uint8Array> = Rows<Uint8Array>> {
  /** `cifar10`, `shapes`, … */
  readonly name: string
  readonly classNames: readonly string[]
  readonly train: Examples<X>
  /** What measures how training goes, where the data set says so; else it is split off. */
  readonly validation?: Examples<X>
  readonly test: Examples<X>
  /** What there is to train on, where that may change from day to day: the pictures of a folder. */
  readonly fingerprint?: TrainingFingerprint
  /** What a person should know: fewer records than usual, files passed over. */
  readonly notices: readonly string[]
}

/** The same with all pictures in memory. */
export type DatasetInMemory = Dataset<Tensor<Uint8Array>>

/** The bytes of named files, wherever they come from: a folder, an archive, a download. */
export interface FileSource {
  /** Where the files are, for messages. */
  readonly place: string
  /** The bytes of one file; null when there is none of that name. */
  read(name: string): Promise<Uint8Array | null>
}
