import type { Sharp } from 'sharp'
import { formatCount } from '../../base/format.js'
import { Tensor } from '../../base/tensor.js'
import { decodeBmp, sizeOfBmp } from './bmp.js'
import { describeBeginning, kindOfBytes } from './kind-of-bytes.js'
import { PictureError } from './picture-error.js'

/** Pixels that a picture may have: 100 million. Such a one needs 300 MB while it is decoded. */
export const mostPixels = 100_000_000

/** Pixels in a row or a column. */
const longestSide = 65_535

/** What a file says of its picture before it is decoded. Height and width are those of the upright picture. */
export interface PictureHeader {
  readonly height: number
  readonly width: number
}

/**
 * Reads the header of a picture file.
 *
 * @param name of the file, for messages
 * @throws PictureError for what is no picture, or too large to decode
 */
export async function readHeader(bytes: Uint8Array, name: string): Promise<PictureHeader> {
  const header = await headerOf(bytes).catch(cause => {
    throw undecodable(bytes, name, cause)
  })
  const { height, width } = header
  if (height * width <= mostPixels && Math.max(height, width) <= longestSide) return header
  throw new PictureError(
    'tooLarge',
    `${name}: the picture says it has ${formatCount(width)}×${formatCount(height)} pixels, but at most ${formatCount(mostPixels / 1e6)} million (${formatCount(longestSide)} a side) are decoded.`,
    'Make it smaller with a picture program, or leave it out.',
  )
}

/**
 * Refuses what is none of the kinds that are grids of pixels. SVG is a program, and a short one can compute for hours: it is read
 * where a person names a file, not from folders or over the network.
 *
 * @param name of the file, for messages
 * @throws PictureError
 */
export function expectPixels(bytes: Uint8Array, name: string): void {
  if (kindOfBytes(bytes) !== null) return
  throw new PictureError(
    'unknown',
    `${name}: not an image that can be read (it starts with ${describeBeginning(bytes)}).`,
    'Give a PNG, JPEG, WebP, GIF, BMP, AVIF or TIFF file.',
  )
}

/**
 * A picture file as bytes `[H, W, C]` in its own size: turned as its EXIF note says, transparency laid on white, of
 * animations the first frame, brought to 8 bits, made grey for 1 channel and sRGB for 3.
 *
 * @param name of the file, for messages
 * @throws PictureError for what is no picture, broken, or too large to decode
 */
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  channels: 1 | 3,
): Promise<Tensor<Uint8Array>> {
  await readHeader(bytes, name)
  return decodePixels(bytes, name, channels)
}

/** The same for a picture whose header `readHeader` has found good. */
export async function decodePixels(
  bytes: Uint8Array,
  name: string,
  channels: 1 | 3,
): Promise<Tensor<Uint8Array>> {
  const colours = channels === 1 ? 'b-w' : 'srgb'
  try {
    const picture = (await open(bytes)).autoOrient().flatten({ background: '#ffffff' }).toColourspace(colours)
    const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return new Tensor(new Uint8Array(data.buffer, data.byteOffset, data.length), [
      info.height,
      info.width,
      info.channels,
    ])
  } catch (cause) {
    throw undecodable(bytes, name, cause)
  }
}

async function headerOf(bytes: Uint8Array): Promise<PictureHeader> {
  if (kindOfBytes(bytes) === 'bmp') return sizeOfBmp(bytes)
  const { autoOrient } = await (await open(bytes)).metadata()
  return autoOrient
}

/** The decoder is loaded when the first picture comes: training on a named data set has no need of it. */
async function open(bytes: Uint8Array): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  if (kindOfBytes(bytes) !== 'bmp') return sharp(bytes, { failOn: 'error', limitInputPixels: false }) // readHeader has our own limit
  const { height, width, rgba } = await decodeBmp(bytes)
  return sharp(rgba, { raw: { height, width, channels: 4 } })
}

function undecodable(bytes: Uint8Array, name: string, cause: unknown): PictureError {
  const kind = kindOfBytes(bytes)
  if (kind === 'heic')
    return new PictureError('unknown', `${name}: HEIC pictures cannot be decoded.`, 'Save it as JPEG.', {
      cause,
    })
  if (kind !== null)
    return new PictureError(
      'broken',
      `${name}: a ${kind.toUpperCase()} file that is cut off or damaged.`,
      'Copy it again from where it came.',
      { cause },
    )
  return new PictureError(
    'unknown',
    `${name}: not an image that can be read (it starts with ${describeBeginning(bytes)}).`,
    'Give a PNG, JPEG, WebP, GIF, BMP, AVIF, TIFF or SVG file.',
    { cause },
  )
}
