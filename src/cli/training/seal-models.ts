import type { TrainingResult } from '../../classify/training-notes.js'
import type { Dataset, Examples } from '../../data/dataset.js'
import { calibrate } from '../../explain/calibration.js'
import type { ModelCalibration } from '../../io/model-calibration.js'
import { encodeModel, type ModelFile } from '../../io/model-file.js'
import { writeAtomically } from '../../node/atomic-file.js'
import { modelOf, readModelFile } from '../../node/model-files.js'
import type { RunFolder } from '../../node/run-folder.js'
import { entriesOf, runFiles } from '../../node/run-paths.js'
import type { EndEvent } from '../../train/events.js'
import type { Model } from '../../train/model.js'
import { sameNumbers } from '../../train/same-numbers.js'
import { lossOf } from '../trained-model.js'
import type { TrainSettings } from './settings.js'
import { trainingParts } from './training-parts.js'

/** What was found out about the weights of a run that came to its end. */
export type Findings = Measured & Pick<EndEvent, 'calibration'>

type Measured = Pick<TrainingResult, 'testLoss' | 'testAccuracy' | 'averaged'>

/** A model file and what was found out about it. */
interface Sealed {
  readonly file: ModelFile
  readonly findings: Findings
  readonly calibration: ModelCalibration | null
}

/**
 * Makes each model file of a finished run whole: measured on the test pictures, its probabilities calibrated on the validation
 * part, and both written into it. Returns what holds for the weights that training ended with.
 */
export async function sealModels(
  run: RunFolder,
  settings: TrainSettings,
  dataset: Dataset,
): Promise<Findings> {
  const entries = (await entriesOf(run.path)) ?? []
  const sealed: Sealed[] = []
  // What training ended with comes last.
  for (const which of ['best', 'last', 'final'] as const) {
    if (!entries.includes(runFiles[which])) continue
    const path = run.file(which)
    const file = await readModelFile(path)
    const known = sealed.find(other => sameWeights(other.file, file))
    const found = known ? { ...known, file } : await findOut(file, settings, dataset)
    await writeAtomically(path, encodeModel(whole(found, settings, dataset)))
    sealed.push(found)
  }
  return sealed.at(-1)!.findings
}

const sameWeights = (one: ModelFile, other: ModelFile): boolean =>
  [...one.weights].every(([name, { data }]) => sameNumbers(data, other.weights.get(name)!.data))

async function findOut(file: ModelFile, settings: TrainSettings, dataset: Dataset): Promise<Sealed> {
  const model = modelOf(file, { deterministic: settings.deterministic })
  model.compile({ loss: lossOf(file), metrics: ['accuracy'] })
  const measured = await measure(model, dataset.test, settings)
  const { validation } = trainingParts(dataset, settings)
  const calibration = validation && (await calibrationOf(model, validation))
  await model.rest()
  return { file, findings: { ...measured, ...(calibration && { calibration }) }, calibration }
}

/** On the test pictures, as they are and averaged over their views. */
async function measure(model: Model, { x, y }: Examples, { testTime }: TrainSettings): Promise<Measured> {
  const [testLoss, testAccuracy] = await model.evaluate(x, y)
  const found = { testLoss: testLoss!, testAccuracy: testAccuracy! }
  if (testTime === 'none') return found
  const [loss, accuracy] = await model.evaluate(x, y, { testTime })
  return { ...found, averaged: { testTime, testLoss: loss!, testAccuracy: accuracy! } }
}

async function calibrationOf(model: Model, { x, y }: Examples): Promise<ModelCalibration> {
  const probabilities = await model.predict(x)
  const { temperature, threshold, reliability, pictures, answered, before, after } = calibrate({
    probabilities,
    labels: y.data,
  })
  return {
    temperature,
    threshold,
    reliability,
    pictures,
    answered,
    expectedCalibrationError: {
      before: before.expectedCalibrationError,
      after: after.expectedCalibrationError,
    },
  }
}

/** The file with all that a person may want to know of it. */
function whole(
  { file, findings, calibration }: Sealed,
  { recipe, model }: TrainSettings,
  dataset: Dataset,
): ModelFile {
  const { calibration: _, ...measured } = findings
  const summary: TrainingResult = { recipe, model, testPictures: dataset.test.x.rows, ...measured }
  return { ...file, training: { ...file.training, summary }, ...(calibration && { calibration }) }
}
