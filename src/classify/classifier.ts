import { OptionError } from '../base/errors.js'
import type { PictureFit } from '../base/picture-fit.js'
import { formatShape, sizeOf } from '../base/shape.js'
import { type Scaling, Tensor } from '../base/tensor.js'
import { fitPicture } from '../data/fit-picture.js'
import { scaleProbabilities } from '../explain/calibration/scale-probabilities.js'
import { type Focus, type FocusOptions, focus } from '../explain/focus.js'
import type { ModelFile } from '../io/model-file.js'
import { Model } from '../train/model.js'
import { type Prediction, predictionsOf } from './prediction.js'

/** Makes a picture `[H, W, C]` of what a platform has: a file, bytes, an element of a page. */
export type DecodePicture<Source> = (source: Source, channels: 1 | 3) => Promise<Tensor<Uint8Array>>

/** A trained network with all that belongs to it: it takes pictures of any size and answers with names. */
export class Classifier<Source> {
  readonly classNames: readonly string[]
  /** `[H, W, C]`, what pictures are brought to; C is 1 (grey) or 3 (colour). */
  readonly inputShape: readonly [height: number, width: number, channels: 1 | 3]
  readonly fit: PictureFit
  private readonly model: Model
  private readonly scaling: Scaling

  /**
   * @param name of the file, for messages
   * @param decode reads pictures where this runs
   * @throws OptionError for a network that is no classifier of pictures
   */
  constructor(
    readonly file: ModelFile,
    readonly name: string,
    private readonly decode: DecodePicture<Source>,
  ) {
    this.inputShape = pictureShape(file, name)
    this.classNames = file.classNames ?? numbered(sizeOf(file.network.outputShape))
    this.fit = file.pictureFit ?? 'stretch'
    this.scaling = file.preprocessing ?? { scale: 1, offset: 0 }
    this.model = new Model(file.network)
    this.model.setWeights(file.weights)
    this.model.preprocessing = this.scaling
  }

  /** What a picture shows. */
  async predict(source: Source): Promise<Prediction> {
    const [prediction] = await this.classify([await this.read(source)])
    return prediction!
  }

  /** A picture as the network gets it, `[H, W, C]` of `inputShape`. */
  async read(source: Source): Promise<Tensor<Uint8Array>> {
    return this.prepare(await this.decode(source, this.inputShape[2]))
  }

  /** A picture [H, W, C] of any size as the network gets it. */
  prepare(picture: Tensor<Uint8Array>): Tensor<Uint8Array> {
    const [height, width, channels] = this.inputShape
    if (picture.shape[2] !== channels)
      throw new OptionError(
        `${this.name} takes pictures of ${channels} ${channels === 1 ? 'channel' : 'channels'}, but ${formatShape(picture.shape)} came.`,
        channels === 1 ? 'Decode it as grey.' : 'Decode it as colour.',
      )
    return fitPicture(picture, height, width, this.fit)
  }

  /**
   * What pictures show, computed together.
   *
   * @param pictures bytes [H, W, C] of any size, each of its own
   */
  async classify(pictures: readonly Tensor<Uint8Array>[]): Promise<Prediction[]> {
    const [height, width, channels] = this.inputShape
    const length = height * width * channels
    const rows = roundedUp(pictures.length)
    const bytes = new Uint8Array(rows * length)
    pictures.forEach((picture, row) => bytes.set(this.prepare(picture).data, row * length))
    const predictions = await this.classifyRows(new Tensor(bytes, [rows, height, width, channels]))
    return predictions.slice(0, pictures.length)
  }

  /** The same for pictures [N, H, W, C] that already have the network's size. */
  async classifyRows(x: Tensor<Uint8Array>): Promise<Prediction[]> {
    if (x.rows === 0) return []
    const { calibration } = this.file
    const output = await this.model.predict(x.withScaling(this.scaling), { batchSize: rowsAtOnce })
    const probabilities = calibration ? scaleProbabilities(output, calibration.temperature) : output
    return predictionsOf(probabilities, this.classNames, calibration?.threshold ?? null)
  }

  /** Where the network looks in a picture [H, W, C] of any size, for its likeliest classes or those asked for. */
  focus(picture: Tensor<Uint8Array>, options: FocusOptions = {}): Promise<Focus[]> {
    const x = this.prepare(picture).withScaling(this.scaling)
    return focus(this.model, x, { classNames: this.classNames, ...options })
  }
}

/** So many pictures are computed together at most. */
const rowsAtOnce = 64

/**
 * Rows for so many pictures: the last batch is filled up with black ones to a power of two. The engine compiles a program for each
 * number of rows it meets, and keeps it; so there are seven of them instead of sixty-four.
 */
function roundedUp(pictures: number): number {
  const rest = pictures % rowsAtOnce
  return rest === 0 ? pictures : pictures - rest + 2 ** Math.ceil(Math.log2(rest))
}

function pictureShape({ network }: ModelFile, name: string): Classifier<never>['inputShape'] {
  const [height, width, channels] = network.inputs.length === 1 ? network.inputShape : []
  const isPicture = network.inputs.length === 1 && network.inputShape.length === 3
  if (!(isPicture && height && width && (channels === 1 || channels === 3)))
    throw new OptionError(
      `${name}: the network does not take pictures of height×width×1 or ×3.`,
      'Give a model that was trained on pictures.',
    )
  if (network.outputs.length !== 1 || network.outputShape.length !== 1)
    throw new OptionError(
      `${name}: the network does not end in one row of probabilities.`,
      'Give a model that tells classes apart: its last layer is dense, with softmax.',
    )
  return [height, width, channels]
}

const numbered = (classes: number): string[] =>
  Array.from({ length: classes }, (_, label) => `class ${label}`)
