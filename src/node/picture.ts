import { open } from 'node:fs/promises'
import { FileError, OptionError } from '../base/errors.js'
import { formatShape, type Shape } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import { resizePicture } from '../data/resize.js'
import { kindOfPath } from './file-facts.js'

/**
 * A picture file (PNG, JPEG, WebP, GIF, AVIF, TIFF, SVG) as bytes `[H, W, C]`, for `predict` and folders of pictures.
 *
 * Turned as its EXIF note says, transparency laid on white, made grey for 1 channel and RGB for 3, and resized to
 * the shape asked for; proportions are not kept.
 *
 * @param shape `[H, W, C]`, C = 1 or 3
 * @throws FileError for what is missing or no picture, OptionError for another number of channels
 */
export async function readPicture(path: string, shape: Shape): Promise<Tensor<Uint8Array>> {
  const [height, width, channels] = shape
  if (!height || !width || shape.length !== 3 || (channels !== 1 && channels !== 3))
    throw new OptionError(
      `${path}: a picture file cannot become ${formatShape(shape)}.`,
      'Pictures are height×width×1 (grey) or height×width×3 (colour).',
    )
  await checkIsFile(path)
  return resizePicture(await decode(path, channels), height, width)
}

/** A picture and the size its file has. */
export interface OwnPicture {
  /** Bytes `[H, W, 3]` */
  readonly picture: Tensor<Uint8Array>
  readonly fileSize: readonly [height: number, width: number]
}

/**
 * A picture file in colour and its own size; where its longer side has more than `longest` pixels it is shrunk to that, its
 * proportions kept.
 *
 * @throws FileError for what is missing or no picture
 */
export async function readOwnPicture(path: string, longest: number): Promise<OwnPicture> {
  await checkIsFile(path)
  const whole = await decode(path, 3)
  const [height, width] = whole.shape as [number, number, number]
  const factor = Math.min(1, longest / Math.max(height, width))
  const shrunk = (size: number) => Math.max(1, Math.round(size * factor))
  return { picture: resizePicture(whole, shrunk(height), shrunk(width)), fileSize: [height, width] }
}

async function decode(path: string, channels: 1 | 3): Promise<Tensor<Uint8Array>> {
  // Loaded when the first picture comes: training has no need of it.
  const { default: sharp } = await import('sharp')
  const colours = channels === 1 ? 'b-w' : 'srgb'
  try {
    const picture = sharp(path).autoOrient().flatten({ background: '#ffffff' }).toColourspace(colours)
    const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return new Tensor(new Uint8Array(data), [info.height, info.width, info.channels])
  } catch (cause) {
    throw new FileError(
      `${path}: not an image that can be read (it starts with ${await firstBytes(path)}).`,
      'Give a PNG, JPEG, WebP, GIF, AVIF, TIFF or SVG file.',
      { cause },
    )
  }
}

async function checkIsFile(path: string): Promise<void> {
  const kind = await kindOfPath(path)
  if (kind === 'nothing') throw new FileError(`${path}: there is no such file.`)
  if (kind === 'folder') throw new FileError(`${path}: a picture was expected, but this is a folder.`)
}

/** The first bytes, as text where they are text: enough to tell a web page or a cut-off file from a picture. */
async function firstBytes(path: string): Promise<string> {
  const file = await open(path)
  const { bytesRead, buffer } = await file.read(new Uint8Array(9), 0, 9, 0).finally(() => file.close())
  const bytes = buffer.subarray(0, bytesRead)
  if (bytesRead === 0) return 'nothing: the file is empty'
  const isText = bytes.every(byte => byte >= 0x20 && byte < 0x7f)
  const hex = (byte: number) => byte.toString(16).padStart(2, '0')
  return isText ? `"${new TextDecoder().decode(bytes)}"` : Array.from(bytes, hex).join(' ')
}
