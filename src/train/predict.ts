import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import { batchesOf, runBatches } from './batches.js'
import type { Session } from './session.js'
import { predictionOutput } from './step.js'

/** What the network says about every row of `x`, in inference mode: `[N, …outputShape]`. */
export async function predictRows(
  session: Session,
  x: Tensor,
  batchSize: number,
): Promise<Tensor<Float32Array>> {
  const { network } = session.setup
  const width = sizeOf(network.outputShape)
  const result = new Float32Array(x.rows * width)
  const batches = batchesOf(network, { x, y: null }, batchSize)
  for await (const { step, outputs } of runBatches(session, 'predict', batches))
    result.set(outputs[predictionOutput]!, step * batchSize * width)
  return new Tensor(result, [x.rows, ...network.outputShape])
}
