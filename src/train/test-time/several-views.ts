import type { Values } from '../../engine/backends/backend.js'
import type { Batches, BatchRun } from '../batches.js'
import type { Session } from '../session.js'
import { predictionInput, predictionOutput, recordJudgement, stepInput } from '../step.js'
import type { StepRecipe } from '../step-recipe.js'
import { lookAt, type View } from './views.js'

/** For every batch the mean of what the network says of its views, one row after the other. */
export async function* predictionsOfViews(
  session: Session,
  batches: Batches,
  views: readonly View[],
): AsyncGenerator<Pick<BatchRun, 'step' | 'rows' | 'inputs'> & { readonly prediction: Float32Array }, void> {
  for (let step = 0; step < batches.count; step++) {
    const inputs = batches.make(step)
    const rows = batches.rowsOf(step)
    yield { step, rows, inputs, prediction: await predictViews(session, inputs, rows, views) }
  }
}

/** The same, and what loss and metrics make of the mean. Runs are like those of an evaluation. */
export async function* evaluationsOfViews(
  session: Session,
  batches: Batches,
  views: readonly View[],
): AsyncGenerator<BatchRun, void> {
  const recipe = judgementRecipe(session)
  for await (const { step, rows, inputs, prediction } of predictionsOfViews(session, batches, views)) {
    const judge = await session.step(recipe, rows)
    const outputs = await session.run(judge, { ...inputs, [predictionInput]: prediction })
    yield { step, rows, inputs, outputs: { ...outputs, [predictionOutput]: prediction } }
  }
}

/** Σ weight · prediction of the view, summed in the order of the views. */
async function predictViews(
  session: Session,
  inputs: Values,
  rows: number,
  views: readonly View[],
): Promise<Float32Array> {
  const { network } = session.setup
  const predict = await session.step('predict', rows)
  let mean: Float32Array | null = null
  for (const view of views) {
    const x = lookAt(inputs[stepInput.x]!, network.inputShape, view)
    const said = (await session.run(predict, { ...inputs, [stepInput.x]: x }))[predictionOutput]!
    mean ??= new Float32Array(said.length)
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + view.weight * said[i]!
  }
  return mean!
}

function judgementRecipe({ setup: { network, compiled } }: Session): StepRecipe {
  if (!compiled) throw new Error('test time: loss and metrics need a compiled model')
  return {
    key: 'judge',
    what: 'loss and metrics of averaged predictions',
    record: rows => recordJudgement(network, compiled, rows),
  }
}
