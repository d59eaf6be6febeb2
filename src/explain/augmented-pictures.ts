import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import { applyWithTarget } from '../train/augmentation/apply.js'
import { type AugmentStep, augmentationFromConfig } from '../train/augmentation/step.js'
import { type PicturePixels, picturePixels } from './picture-pixels.js'

/** Pictures as they are and as a network sees them in several epochs. */
export interface AugmentedPictures {
  /** Above the columns: `as it is`, `epoch 1`, … */
  readonly columns: readonly string[]
  readonly rows: readonly AugmentedRow[]
}

export interface AugmentedRow {
  /** What the picture shows, or what is done to it. */
  readonly title: string
  readonly pictures: readonly AugmentedPicture[]
}

export interface AugmentedPicture {
  readonly pixels: PicturePixels
  /** Of which classes its label is made, the largest share first; a single one where nothing was mixed. */
  readonly shares: readonly { readonly className: string; readonly share: number }[]
}

export interface AugmentedPicturesOptions {
  readonly classNames: readonly string[]
  /** How many epochs are shown. Default 4. */
  readonly epochs?: number
  /** Fixes all chances, as the seed of `fit` does. Default 0. */
  readonly seed?: number
  readonly threads?: number
}

/** Shares below are not worth a word. */
const leastShare = 0.005

/**
 * A contact sheet of what training shows a network: every picture as it is, and what the augmentation makes of it in the first
 * epochs, by the same kernels and the same chances as in `fit`. Pictures are mixed with each other only.
 *
 * @param x [N, H, W, C], bytes with their scaling
 * @param y [N], the class of each
 */
export async function augmentedPictures(
  x: Tensor<Uint8Array>,
  y: Tensor<Uint8Array>,
  augment: readonly { readonly name: string }[],
  options: AugmentedPicturesOptions,
): Promise<AugmentedPictures> {
  const { classNames, epochs = 4 } = options
  const steps = augmentationFromConfig(augment)
  const versions = [original(x, y, classNames.length)]
  for (let epoch = 0; epoch < epochs; epoch++) versions.push(await seenIn(epoch, x, y, steps, options))
  return {
    columns: columnTitles(epochs),
    rows: Array.from({ length: x.rows }, (_, row) => ({
      title: classNames[y.data[row]!]!,
      pictures: versions.map(version => pictureOf(version, row, classNames)),
    })),
  }
}

/** The same picture once for each augmentation, so that they can be compared: a catalogue. */
export async function augmentationCatalogue(
  x: Tensor<Uint8Array>,
  y: Tensor<Uint8Array>,
  augments: readonly { readonly name: string }[],
  options: AugmentedPicturesOptions,
): Promise<AugmentedPictures> {
  const rows: AugmentedRow[] = []
  for (const step of augments) {
    const sheet = await augmentedPictures(x, y, [step], options)
    rows.push({ title: step.name, pictures: sheet.rows[0]!.pictures })
  }
  return { columns: columnTitles(options.epochs ?? 4), rows }
}

const columnTitles = (epochs: number): string[] => [
  'as it is',
  ...Array.from({ length: epochs }, (_, epoch) => `epoch ${epoch + 1}`),
]

/** Bytes, and for each picture the shares of all classes. */
interface Version {
  readonly x: Tensor<Uint8Array>
  readonly target: Tensor<Float32Array>
}

async function seenIn(
  epoch: number,
  x: Tensor<Uint8Array>,
  y: Tensor<Uint8Array>,
  steps: readonly AugmentStep[],
  { classNames, seed = 0, threads }: AugmentedPicturesOptions,
): Promise<Version> {
  const { target } = original(x, y, classNames.length)
  const where = { seed, epoch, batchSize: x.rows, ...(threads !== undefined && { threads }) }
  const seen = await applyWithTarget(x, steps, { ...where, target })
  return { x: inBytes(seen.x, x), target: seen.target! }
}

function original(x: Tensor<Uint8Array>, y: Tensor<Uint8Array>, classes: number): Version {
  const target = new Float32Array(y.rows * classes)
  y.data.forEach((label, row) => {
    target[row * classes + label] = 1
  })
  return { x, target: new Tensor(target, [y.rows, classes]) }
}

/** Numbers as the network gets them, back to the bytes they stand for. */
function inBytes(seen: Tensor<Float32Array>, { shape, scaling }: Tensor<Uint8Array>): Tensor<Uint8Array> {
  const { scale, offset } = scaling
  const bytes = Uint8Array.from(seen.data, value =>
    Math.min(255, Math.max(0, Math.round((value - offset) / scale))),
  )
  return new Tensor(bytes, shape, scaling)
}

function pictureOf({ x, target }: Version, row: number, classNames: readonly string[]): AugmentedPicture {
  const length = sizeOf(target.shape.slice(1))
  const shares = classNames
    .map((className, i) => ({ className, share: target.data[row * length + i]! }))
    .filter(({ share }) => share > leastShare)
    .toSorted((a, b) => b.share - a.share)
  return { pixels: picturePixels(x.slice(row, row + 1)), shares }
}
