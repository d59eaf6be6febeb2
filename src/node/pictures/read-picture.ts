import { readFile } from 'node:fs/promises'
import { FileError, OptionError } from '../../base/errors.js'
import type { PictureFit } from '../../base/picture-fit.js'
import { formatShape, type Shape } from '../../base/shape.js'
import type { Tensor } from '../../base/tensor.js'
import { fitPicture } from '../../data/fit-picture.js'
import { resizePicture } from '../../data/resize.js'
import { fileError } from '../file-errors.js'
import { kindOfPath } from '../file-facts.js'
import { decodePicture, readHeader } from './decode.js'

/**
 * A picture file (PNG, JPEG, WebP, GIF, BMP, AVIF, TIFF, SVG) as bytes `[H, W, C]`, for `predict` and folders of pictures.
 *
 * Turned as its EXIF note says, transparency laid on white, made grey for 1 channel and RGB for 3, and brought to
 * the shape asked for.
 *
 * @param shape `[H, W, C]`, C = 1 or 3
 * @param fit what becomes of other proportions. Default `stretch`: they are not kept.
 * @throws FileError for what is missing or no picture, OptionError for another number of channels
 */
export async function readPicture(
  path: string,
  shape: Shape,
  fit: PictureFit = 'stretch',
): Promise<Tensor<Uint8Array>> {
  const [height, width, channels] = pictureShape(shape, path)
  return fitPicture(await decodePicture(await readBytes(path), path, channels), height, width, fit)
}

/** The shape as that of a picture. */
function pictureShape(shape: Shape, who: string): readonly [height: number, width: number, channels: 1 | 3] {
  const [height, width, channels] = shape
  if (height && width && shape.length === 3 && (channels === 1 || channels === 3))
    return [height, width, channels]
  throw new OptionError(
    `${who}: a picture file cannot become ${formatShape(shape)}.`,
    'Pictures are height×width×1 (grey) or height×width×3 (colour).',
  )
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
  const whole = await decodePicture(await readBytes(path), path, 3)
  const [height, width] = whole.shape as [number, number, number]
  const factor = Math.min(1, longest / Math.max(height, width))
  const shrunk = (size: number) => Math.max(1, Math.round(size * factor))
  return { picture: resizePicture(whole, shrunk(height), shrunk(width)), fileSize: [height, width] }
}

/**
 * Width and height of a picture file in pixels, turned as its EXIF note says.
 *
 * @throws FileError for what is missing or no picture
 */
export async function pictureSize(path: string): Promise<readonly [width: number, height: number]> {
  const { height, width } = await readHeader(await readBytes(path), path)
  return [width, height]
}

/**
 * The bytes of a picture file.
 *
 * @param name of the file, for messages
 * @throws FileError for what is missing, a folder, or may not be read
 */
export async function readBytes(path: string, name = path): Promise<Uint8Array> {
  const kind = await kindOfPath(path)
  if (kind === 'nothing') throw new FileError(`${name}: there is no such file.`)
  if (kind === 'folder') throw new FileError(`${name}: a picture was expected, but this is a folder.`)
  return readFile(path).catch(error => {
    throw fileError(name, 'read', error)
  })
}
