import type { Rows } from '../base/rows.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import { batchesOf, runBatches } from './batches.js'
import type { Session } from './session.js'
import { predictionOutput } from './step.js'
import { predictionsOfViews } from './test-time/several-views.js'
import { asItIs, type View } from './test-time/views.js'

/** What the network says about every row of `x`, in inference mode: `[N, …outputShape]`. */
export async function predictRows(
  session: Session,
  x: Rows,
  batchSize: number,
  views: readonly View[] = asItIs,
): Promise<Tensor<Float32Array>> {
  const { network } = session.setup
  const width = sizeOf(network.outputShape)
  const result = new Float32Array(x.rows * width)
  const batches = batchesOf(network, { x, y: null }, batchSize)
  const keep = (step: number, prediction: Float32Array) => result.set(prediction, step * batchSize * width)
  if (views.length === 1)
    for await (const { step, outputs } of runBatches(session, 'predict', batches))
      keep(step, outputs[predictionOutput]!)
  else
    for await (const { step, prediction } of predictionsOfViews(session, batches, views))
      keep(step, prediction)
  return new Tensor(result, [x.rows, ...network.outputShape])
}
