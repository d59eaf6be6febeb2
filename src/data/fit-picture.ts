import type { PictureFit } from '../base/picture-fit.js'
import { Tensor } from '../base/tensor.js'
import { resizePicture } from './resize.js'

/** A picture `[H, W, C]` brought to `height` × `width`, with antialiasing: see `resizePicture` and `PictureFit`. */
export function fitPicture(
  picture: Tensor<Uint8Array>,
  height: number,
  width: number,
  fit: PictureFit,
): Tensor<Uint8Array> {
  const [fromHeight, fromWidth] = picture.shape as [number, number, number]
  if (fit === 'stretch' || fromHeight * width === fromWidth * height)
    return resizePicture(picture, height, width)
  return fit === 'crop' ? cropped(picture, height, width) : padded(picture, height, width)
}

function cropped(picture: Tensor<Uint8Array>, height: number, width: number): Tensor<Uint8Array> {
  const [fromHeight, fromWidth] = picture.shape as [number, number, number]
  const ratio = Math.min(fromHeight / height, fromWidth / width)
  const kept = [pixels(height * ratio), pixels(width * ratio)] as const
  return resizePicture(middleOf(picture, ...kept), height, width)
}

function padded(picture: Tensor<Uint8Array>, height: number, width: number): Tensor<Uint8Array> {
  const [fromHeight, fromWidth, channels] = picture.shape as [number, number, number]
  const ratio = Math.min(height / fromHeight, width / fromWidth)
  const inner = resizePicture(picture, pixels(fromHeight * ratio), pixels(fromWidth * ratio))
  const [innerHeight, innerWidth] = inner.shape as [number, number, number]
  const [top, left] = [half(height - innerHeight), half(width - innerWidth)]
  const bytes = new Uint8Array(height * width * channels)
  for (let row = 0; row < innerHeight; row++)
    bytes.set(inner.row(row), ((top + row) * width + left) * channels)
  return new Tensor(bytes, [height, width, channels])
}

function middleOf(picture: Tensor<Uint8Array>, height: number, width: number): Tensor<Uint8Array> {
  const [fromHeight, fromWidth, channels] = picture.shape as [number, number, number]
  const [top, left] = [half(fromHeight - height), half(fromWidth - width)]
  const bytes = new Uint8Array(height * width * channels)
  for (let row = 0; row < height; row++) {
    const from = left * channels
    bytes.set(picture.row(top + row).subarray(from, from + width * channels), row * width * channels)
  }
  return new Tensor(bytes, [height, width, channels])
}

const pixels = (length: number): number => Math.max(1, Math.round(length))
const half = (length: number): number => Math.floor(length / 2)
