import { ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import { defaulting, type Resolved, type Rule } from '../../options/rule.js'
import { type AffineOptions, affineSpecs, affineValues, affineWeights } from './affine.js'

export interface LayerNormalizationOptions extends AffineOptions {
  /**
   * The axis, or axes, that are normalised together, counted with the batch axis 0; -1 is the last. They must be the
   * last ones: `[1, 2, 3]` are whole pictures. Default -1: the channels of each pixel.
   */
  readonly axis?: number | readonly number[]
}

const axes: Rule<readonly number[]> = {
  expected: 'an integer, or a list of different integers',
  example: '[-2, -1]',
  read: value => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    const fits = list.length > 0 && new Set(list).size === list.length && list.every(Number.isSafeInteger)
    return fits ? (list as readonly number[]) : undefined
  },
}

const specs = {
  ...affineSpecs,
  axis: defaulting<readonly number[]>(axes, [-1]),
} satisfies LayerSpecs<LayerNormalizationOptions>

/**
 * gamma · (x - mean) / √(variance + epsilon) + beta, x → the same shape. Mean and (population) variance are those of the last
 * axes (`axis`), for each place on the axes before them, while training and after it. So pictures do not mix, and batches
 * may be as small as they like.
 *
 * Axes that are not the last ones, or hold a single number, are refused with a ShapeError.
 *
 * Source: Ba, Kiros & Hinton 2016, "Layer Normalization"; Keras' LayerNormalization.
 */
export class LayerNormalization extends Layer<Resolved<typeof specs>> {
  constructor(options: LayerNormalizationOptions = {}) {
    super('LayerNormalization', specs, options)
  }

  /** gamma and beta, each of the shape of the axes that are normalised. */
  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return affineWeights(this.options, this.normalised(shape))
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    this.checkAxes(shape)
    if (sizeOf(this.normalised(shape)) === 1)
      throw new ShapeError(
        `${this.who}: axis ${this.axisText} of an input of ${formatShape(shape)} holds a single number, which is its own mean: all that would remain is beta.`,
        'Normalise more axes, or leave the layer out.',
      )
    return shape
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, weights: readonly Value[]): Value {
    const { recorder } = context
    const row = sizeOf(this.normalised(x.shape))
    const { gamma, beta } = affineValues(context, this.options, row, weights)
    const rows = recorder.apply('reshape', { shape: [sizeOf(x.shape) / row, row] }, [x])
    const attributes = { groups: 1, epsilon: this.options.epsilon }
    const y = recorder.apply('groupNorm', attributes, [rows, gamma, beta])
    return recorder.apply('reshape', { shape: x.shape }, [y])
  }

  /** The lengths of the axes that are normalised. */
  private normalised(shape: Shape): Shape {
    return shape.slice(-this.options.axis.length)
  }

  /** Throws unless `axis` names the last axes of a sample, in any order. */
  private checkAxes(shape: Shape): void {
    const rank = shape.length + 1
    const counted = this.options.axis.map(axis => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b)
    const first = rank - counted.length
    if (first >= 1 && counted.every((axis, i) => axis === first + i)) return
    throw new ShapeError(
      `${this.who} normalises the last axes of a sample, but axis is ${this.axisText} of an input of ${formatShape(shape)}, whose axes are 1 to ${rank - 1}.`,
      `Use axis: -1 for the last one${rank > 2 ? `, [-2, -1] for the last two` : ''}.`,
    )
  }

  private get axisText(): string {
    const { axis } = this.options
    return axis.length === 1 ? `${axis[0]}` : `[${axis.join(', ')}]`
  }
}

export const layerNormalization = (options: LayerNormalizationOptions = {}): LayerNormalization =>
  new LayerNormalization(options)
