import { sizeOf } from '../../../../base/shape.js'
import { type Expression, f32, f32x4, i32, i32x4, type Vector, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT, type Kernel, type KernelFor, LANES } from './kernel.js'

/** Vectors that one piece adds up. */
const PIECE_VECTORS = 1024

/** The four lanes of a vector, added up pairwise. */
export const laneSum = (x: Vector): Expression<'f32'> =>
  f32.add(f32.add(f32.lane(x, 0), f32.lane(x, 1)), f32.add(f32.lane(x, 2), f32.lane(x, 3)))

/** out[0] = factor · Σ term over all numbers of the first input. */
function total(
  name: string,
  size: number,
  factor: number,
  term: (emission: Emission, x: Local<'v128'>) => Vector,
): Kernel {
  const vectors = Math.ceil(size / LANES)
  const pieces = Math.ceil(vectors / PIECE_VECTORS)
  const rest = size % LANES
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const position = f.i32(i32.mul(piece, PIECE_VECTORS))
    const end = f.i32(i32.min(vectors, i32.add(position, PIECE_VECTORS)))
    const sum = f.v128(0)
    const x = f.v128()
    f.while(i32.lt(position, end), () => {
      f.set(x, v128.load(i32.add(at.inputs[0]!, i32.mul(position, LANES * FLOAT))))
      // What lies behind the last number is not ours to add.
      if (rest > 0)
        f.if(i32.eq(position, vectors - 1), () =>
          f.set(x, v128.and(x, i32x4.lanes([0, 1, 2, 3].map(lane => (lane < rest ? -1 : 0))))),
        )
      f.set(sum, f32x4.add(sum, term(emission, x)))
      f.increase(position, 1)
    })
    f.store(i32.add(at.temporaries[0]!, i32.mul(piece, FLOAT)), laneSum(sum))
  }
  const finish = ({ f, at }: Emission) => {
    const sum = f.f32(0)
    const position = f.i32()
    f.for(position, 0, pieces, 1, () =>
      f.set(sum, f32.add(sum, f32.load(i32.add(at.temporaries[0]!, i32.mul(position, FLOAT))))),
    )
    f.store(at.output, f32.mul(sum, factor))
  }
  return {
    steps: [
      { name, pieces, emit },
      { name: `${name}, all`, pieces: 1, emit: finish },
    ],
    temporaries: [pieces],
  }
}

export const mean: KernelFor<'mean'> = ({ inputs }) => {
  const size = sizeOf(inputs[0]!)
  return total('mean', size, 1 / size, (_, x) => x)
}

export const l2Penalty: KernelFor<'l2Penalty'> = ({ attributes, inputs }) =>
  total('l2 penalty', sizeOf(inputs[0]!), attributes.factor, (_, x) => f32x4.mul(x, x))

export const l1Penalty: KernelFor<'l1Penalty'> = ({ attributes, inputs }) =>
  total('l1 penalty', sizeOf(inputs[0]!), attributes.factor, (_, x) => f32x4.abs(x))

/** So few numbers that one thread makes them all. */
export const normFactor: KernelFor<'normFactor'> = ({ attributes: { norm, least }, inputs }) => ({
  steps: [
    {
      name: 'norm factor',
      pieces: 1,
      emit({ f, at }) {
        const sum = inputs.reduce<Expression<'f32'>>(
          (sum, _, i) => f32.add(sum, f32.load(at.inputs[i]!)),
          f32.const(0),
        )
        f.store(at.output, f32.div(norm, f32.max(f32.sqrt(sum), least)))
      },
    },
  ],
})
