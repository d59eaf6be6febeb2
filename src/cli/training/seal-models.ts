import type { Examples } from '../../data/dataset.js'
import { calibrate } from '../../explain/calibration.js'
import type { ModelCalibration } from '../../io/model-calibration.js'
import { encodeModel, type ModelFile } from '../../io/model-file.js'
import { writeAtomically } from '../../node/atomic-file.js'
import { modelOf, readModelFile } from '../../node/model-files.js'
import type { RunFolder } from '../../node/run-folder.js'
import { entriesOf, runFiles } from '../../node/run-paths.js'
import { sameNumbers } from '../../train/same-numbers.js'

/** What is added to the model files of a run that came to its end. */
export interface Seal {
  /** Measures of the training as a whole, plain JSON. */
  readonly summary: Readonly<Record<string, unknown>>
  /** What probabilities are calibrated on: pictures that were not trained on. Null: there are none. */
  readonly validation: Examples | null
}

/**
 * Makes each model file of a finished run whole: its probabilities calibrated, and what the training came to.
 *
 * @returns the calibration of the weights that training ended with; null where there was nothing to calibrate on
 */
export async function sealModels(
  run: RunFolder,
  { summary, validation }: Seal,
): Promise<ModelCalibration | null> {
  const entries = (await entriesOf(run.path)) ?? []
  const sealed: Sealed[] = []
  // What training ended with comes last.
  for (const which of ['best', 'last', 'final'] as const) {
    if (!entries.includes(runFiles[which])) continue
    const path = run.file(which)
    const file = await readModelFile(path)
    const known = sealed.find(other => sameWeights(other.file, file))
    const calibration = known ? known.calibration : validation && (await calibrationOf(file, validation))
    const training = { ...file.training, summary }
    await writeAtomically(path, encodeModel({ ...file, training, ...(calibration && { calibration }) }))
    sealed.push({ file, calibration })
  }
  return sealed.at(-1)?.calibration ?? null
}

interface Sealed {
  readonly file: ModelFile
  readonly calibration: ModelCalibration | null
}

const sameWeights = (one: ModelFile, other: ModelFile): boolean =>
  [...one.weights].every(([name, { data }]) => sameNumbers(data, other.weights.get(name)!.data))

async function calibrationOf(file: ModelFile, { x, y }: Examples): Promise<ModelCalibration | null> {
  if (file.network.outputShape.length !== 1 || x.rows === 0) return null
  const model = modelOf(file)
  const probabilities = await model.predict(x.withScaling(file.preprocessing ?? x.scaling))
  await model.rest()
  const { temperature, threshold, reliability, pictures, answered, before, after } = calibrate({
    probabilities,
    labels: y.data,
  })
  const error = ({ expectedCalibrationError }: typeof before) => expectedCalibrationError
  return {
    temperature,
    threshold,
    reliability,
    pictures,
    answered,
    expectedCalibrationError: { before: error(before), after: error(after) },
  }
}
