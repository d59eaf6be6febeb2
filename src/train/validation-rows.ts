import type { Evaluation } from './evaluate.js'

/** The classes that a byte can number. */
const classesInByte = 256

/**
 * What each row of the validation part came to after one epoch, in the order of the rows. Tests that compare two epochs
 * on the same pictures need it. It is left out of JSON: a history of forty epochs would grow by megabytes of text.
 */
export class ValidationRows {
  /**
   * @param loss `[N]`, the loss of each row, without penalties
   * @param predicted `[N]`, the class each row is taken for; the lowest of equals
   */
  constructor(
    readonly loss: Float32Array,
    readonly predicted: Uint8Array | Int32Array,
  ) {}

  /** @param classes how many the network tells apart: up to 256 fit a byte each */
  static of({ rowLoss, predicted }: Evaluation, classes: number): ValidationRows {
    return new ValidationRows(rowLoss, classes <= classesInByte ? Uint8Array.from(predicted) : predicted)
  }

  /** `JSON.stringify` leaves out what this returns. */
  toJSON(): undefined {
    return undefined
  }
}
