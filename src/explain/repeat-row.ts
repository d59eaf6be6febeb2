import { Tensor, type TensorData } from '../base/tensor.js'

/** A tensor of one row [1, …] as `times` equal rows [times, …]; the scaling stays. */
export function repeatRow<D extends TensorData>(
  { data, shape, scaling }: Tensor<D>,
  times: number,
): Tensor<D> {
  const Data = data.constructor as new (length: number) => D
  const repeated = new Data(times * data.length)
  for (let row = 0; row < times; row++) repeated.set(data, row * data.length)
  return new Tensor(repeated, [times, ...shape.slice(1)], scaling)
}
