import type { Tensor } from '../../base/tensor.js'
import { decodePixels, mostPixels, type PictureHeader } from './decode.js'
import { Gate } from './gate.js'

/** As many pixels as one picture may have are decoded at a time, in the whole process: 100 million need 300 MB. */
const pixels = new Gate(mostPixels)

/** A picture file, and what `readHeader` said of it. */
export interface HeadedPicture {
  readonly bytes: Uint8Array
  /** For messages. */
  readonly name: string
  readonly header: PictureHeader
}

/**
 * Decodes a picture when there is room for its pixels, and makes something smaller of it before the next one gets the room.
 *
 * @param use gets the picture `[H, W, C]` in its own size
 * @param signal ends the waiting
 * @throws PictureError for a broken picture
 */
export const decodeInTurn = <T>(
  { bytes, name, header: { height, width } }: HeadedPicture,
  channels: 1 | 3,
  use: (picture: Tensor<Uint8Array>) => T,
  signal?: AbortSignal,
): Promise<T> =>
  pixels.pass(height * width, async () => use(await decodePixels(bytes, name, channels)), signal)
