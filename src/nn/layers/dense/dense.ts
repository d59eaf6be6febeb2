import { type Shape, sameShape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { recordActivation } from '../../activations.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { positiveInteger } from '../../options/rules.js'
import { type AffineOptions, affineSpecs, affineWeights, recordBias } from '../affine.js'

export interface DenseOptions extends AffineOptions {
  /** Neurons, and so numbers of the output. */
  readonly units: number
}

const specs = { ...affineSpecs, units: required(positiveInteger('10')) } satisfies LayerSpecs<DenseOptions>

/** Every output looks at every input: x `[…, C]`, kernel `[C, units]`, bias `[units]` → `[…, units]`. */
export class Dense extends Layer<Resolved<typeof specs>> {
  constructor(options: DenseOptions) {
    super('Dense', specs, options)
  }

  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return affineWeights(this.options, [shape.at(-1)!, this.options.units])
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return [...shape.slice(0, -1), this.options.units]
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, [kernel, bias]: OneOrMore<Value>): Value {
    const { recorder } = context
    const rows = shaped(context, x, [sizeOf(x.shape.slice(0, -1)), x.shape.at(-1)!])
    const product = recorder.apply('matmul', { transposeA: false, transposeB: false }, [rows, kernel])
    const sum = shaped(context, recordBias(context, product, bias), [
      ...x.shape.slice(0, -1),
      this.options.units,
    ])
    return recordActivation(recorder, this.options.activation, sum)
  }

  override multiplyAdds([shape]: OneOrMore<Shape>): number {
    return sizeOf(shape) * this.options.units
  }
}

/** The matrix product knows two axes only; for the usual `[N, C]` nothing has to be recorded. */
const shaped = ({ recorder }: RecordContext, x: Value, shape: Shape): Value =>
  sameShape(x.shape, shape) ? x : recorder.apply('reshape', { shape }, [x])

export const dense = (options: DenseOptions): Dense => new Dense(options)
