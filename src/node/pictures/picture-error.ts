import { FileError } from '../../base/errors.js'

/**
 * What can be wrong with a picture file: `unknown`, it is no picture; `broken`, it begins like one and cannot be decoded;
 * `tooLarge`, it would need too much memory.
 */
export type PictureFault = 'unknown' | 'broken' | 'tooLarge'

/** A picture file that cannot be used. */
export class PictureError extends FileError {
  constructor(
    readonly fault: PictureFault,
    problem: string,
    advice?: string,
    options?: ErrorOptions,
  ) {
    super(problem, advice, options)
  }
}
