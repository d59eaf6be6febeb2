import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../base/shape.js'
import type { OpAttributes } from './attributes.js'
import { applyEpilogue, expectBias, expectUnfused, takeProduct } from './epilogue.js'
import { expectAxes, take } from './inputs.js'
import type { Op, Recorder, Value } from './op.js'

/** Matrix product; each factor may be read transposed, so that its own gradients are matrix products too. */
export const matmul: Op<'matmul'> = {
  shape(attributes, inputs) {
    const [a, b, bias] = takeProduct('matmul', inputs, attributes.epilogue, ['a', 'b'])
    const [M, N] = lengths(attributes, a, b)
    expectBias('matmul', bias, N)
    return [M, N]
  },
  meaning(attributes, inputs, shapes, output) {
    const [a, b, bias] = takeProduct('matmul', inputs, attributes.epilogue, ['a', 'b'])
    const [M, N, K] = lengths(attributes, shapes[0]!, shapes[1]!)
    const [aRow, aColumn] = attributes.transposeA ? [1, M] : [K, 1]
    const [bRow, bColumn] = attributes.transposeB ? [1, K] : [N, 1]
    const y = new Float64Array(sizeOf(output))
    for (let m = 0; m < M; m++)
      for (let k = 0; k < K; k++) {
        const factor = a[m * aRow + k * aColumn]!
        for (let n = 0; n < N; n++) y[m * N + n]! += factor * b[k * bRow + n * bColumn]!
      }
    return applyEpilogue(y, N, attributes.epilogue, bias)
  },
  gradient(record, { attributes, inputs }, dy) {
    const { transposeA, transposeB, epilogue } = attributes
    expectUnfused('matmul', epilogue)
    const [a, b] = take('matmul', inputs, 'a', 'b')
    return [
      transposeA ? product(record, b, transposeB, dy, true) : product(record, dy, false, b, !transposeB),
      transposeB ? product(record, dy, true, a, transposeA) : product(record, a, !transposeA, dy, false),
    ]
  },
}

/** M, N and K of the product; throws when the factors do not share K. */
function lengths({ transposeA, transposeB }: OpAttributes['matmul'], a: Shape, b: Shape) {
  expectAxes('matmul', 'a', a, transposeA ? 'K M' : 'M K')
  expectAxes('matmul', 'b', b, transposeB ? 'N K' : 'K N')
  const [M, K] = (transposeA ? [a[1], a[0]] : a) as [number, number]
  const [rows, N] = (transposeB ? [b[1], b[0]] : b) as [number, number]
  if (K !== rows)
    throw new ShapeError(
      `matmul: a ${formatShape(a)} gives ${K} columns, but b ${formatShape(b)} has ${rows} rows.`,
    )
  return [M, N, K] as const
}

const product = (record: Recorder, a: Value, transposeA: boolean, b: Value, transposeB: boolean): Value =>
  record.apply('matmul', { transposeA, transposeB }, [a, b])
