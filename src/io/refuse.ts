import { FileError } from '../base/errors.js'

/** Ends the reading of a file: `problem` is what is wrong with it, as a clause ("the header is …"). */
export type Refuse = (problem: string) => never

/** Refusals of the file `place`, all with the same advice. */
export const refuseFile =
  (place: string): Refuse =>
  problem => {
    throw new FileError(
      `${place}: ${problem}.`,
      'The file is damaged or cut off. Copy it again, or use an earlier one.',
    )
  }
