import { FileError } from '../base/errors.js'
import type { Tensor } from '../base/tensor.js'
import { fetchBlob } from './fetch-blob.js'
import { fromRgba, type RgbaPixels } from './rgba.js'

/**
 * A picture as a page has it: the address of a file, a file (`<input type="file">`) or its bytes, an `<img>`, a canvas, or pixels.
 * What formats there are is the browser's matter: all read PNG, JPEG, WebP, GIF, BMP and AVIF; SVG only as an `<img>`.
 */
export type BrowserPicture =
  | string
  | Blob
  | Uint8Array
  | ImageBitmap
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageData

type Drawable = ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas

/**
 * A picture as bytes `[H, W, C]` in its own size: turned as its EXIF note says, transparency laid on white, made grey for
 * 1 channel and sRGB for 3.
 *
 * @throws FileError for what cannot be fetched or is no picture, and for one of another site that the page may not look into
 */
export async function decodeBrowserPicture(
  source: BrowserPicture,
  channels: 1 | 3,
): Promise<Tensor<Uint8Array>> {
  return fromRgba(await pixelsOf(source), channels)
}

async function pixelsOf(source: BrowserPicture): Promise<RgbaPixels> {
  if (typeof source === 'string') return pixelsOfFile(await fetchBlob(source), source)
  if (source instanceof Uint8Array) return pixelsOfFile(new Blob([source as BlobPart]), 'the picture')
  if (source instanceof Blob)
    return pixelsOfFile(source, 'name' in source ? String(source.name) : 'the picture')
  if ('data' in source) return source
  if ('decode' in source) await loaded(source)
  return drawn(source)
}

async function pixelsOfFile(file: Blob, name: string): Promise<RgbaPixels> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(cause => {
    throw new FileError(
      `${name}: not an image that this browser can read.`,
      'Give a PNG, JPEG, WebP, GIF, BMP or AVIF file.',
      { cause },
    )
  })
  try {
    return drawn(bitmap)
  } finally {
    bitmap.close()
  }
}

/** An element without a picture has no size; one whose file could not be loaded says so when it is asked to decode. */
async function loaded(image: HTMLImageElement): Promise<void> {
  await image.decode().catch(cause => {
    throw new FileError(
      `${image.src || 'The <img>'}: the element has no picture that could be loaded.`,
      'Check its src.',
      { cause },
    )
  })
}

/** The pixels of what can be drawn, on white. */
function drawn(picture: Drawable): RgbaPixels {
  const [width, height] =
    'naturalWidth' in picture
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height]
  if (width === 0 || height === 0) throw new FileError('The picture has no pixels.')
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new FileError(`This browser gives no canvas of ${width}×${height} pixels.`)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0)
  try {
    return context.getImageData(0, 0, width, height)
  } catch (cause) {
    throw new FileError(
      'The page may not look into this picture: it comes from another site.',
      'Let that site allow it (Access-Control-Allow-Origin), and set crossOrigin = "anonymous" on the <img> before its src.',
      { cause },
    )
  }
}
