import type { Rows } from '../base/rows.js'
import { Tensor } from '../base/tensor.js'
import type { Model } from '../train/model.js'
import type { Mistakes } from './mistakes.js'
import { type PicturePixels, picturePixels } from './picture-pixels.js'

/** A picture, what it shows, and what a network took it for. */
export interface JudgedPicture {
  readonly pixels: PicturePixels
  readonly shown: string
  readonly takenFor: string
  /** Of the class it was taken for. */
  readonly probability: number
  readonly loss: number
  /** Its file, where it is one. */
  readonly file?: string
}

/**
 * The pictures with the highest loss, with the answer the network gave and how sure it was.
 *
 * @param x [N, H, W, C], the pictures that `found` counts
 * @param files the file of each, where each is one
 */
export async function judgedPictures(
  model: Model,
  x: Rows<Uint8Array>,
  { worst, classNames }: Mistakes,
  files?: readonly string[],
): Promise<JudgedPicture[]> {
  if (worst.length === 0) return []
  const pictures = worst.map(({ row }) => x.slice(row, row + 1).load())
  const length = pictures[0]!.data.length
  const bytes = new Uint8Array(length * worst.length)
  pictures.forEach(({ data }, i) => bytes.set(data, i * length))
  const answers = await model.predict(new Tensor(bytes, [worst.length, ...x.shape.slice(1)], x.scaling))
  return worst.map(({ row, label, predicted, loss }, i) => ({
    pixels: picturePixels(pictures[i]!),
    shown: classNames[label]!,
    takenFor: classNames[predicted]!,
    probability: answers.data[i * classNames.length + predicted]!,
    loss,
    ...(files && { file: files[row]! }),
  }))
}
