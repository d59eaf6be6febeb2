import { formatShape } from '../../base/shape.js'
import type { Grid, GridLike } from '../../explain/planes.js'
import { readOwnPicture, readPicture } from '../../node/pictures/read-picture.js'
import type { CliIo } from '../io.js'
import { readGrid, readSize, refuseBoth } from './grids.js'

/** Longer side of a picture that is taken as it is: its drawing stays small enough for a page. */
const longest = 256

export interface CellOptions {
  readonly input?: string
  readonly size?: string
}

/** The cells a command works on: those of a picture file, those that were typed, or the example. */
export async function cellsFor(
  picture: string | null,
  { input, size }: CellOptions,
  example: Grid,
  io: CliIo,
): Promise<GridLike> {
  refuseBoth(picture ?? 'A picture', '--input', picture !== null && input !== undefined)
  refuseBoth('--input', '--size', input !== undefined && size !== undefined)
  if (picture === null) return input === undefined ? example : readGrid('--input', input)
  if (size !== undefined) return readPicture(picture, [...readSize('--size', size), 3])
  const own = await readOwnPicture(picture, longest)
  const now = own.picture.shape.slice(0, 2)
  if (now.some((length, axis) => length !== own.fileSize[axis]))
    io.out(
      `${picture}: resized from ${formatShape(own.fileSize)} to ${formatShape(now)} (--size to choose another).`,
    )
  return own.picture
}
