import { OptionError } from '../../base/errors.js'
import { modelOf, modelPath, readModelFile } from '../../node/model-files.js'
import { tutorial } from '../../recipes/tutorial.js'
import { Model } from '../../train/model.js'
import { namedNetwork } from '../named-network.js'
import { lossOf, settingsOfRun } from '../trained-model.js'

/** A model that can be explained, and the batch size it would be trained with. */
export interface Subject {
  readonly title: string
  readonly model: Model
  readonly batchSize: number
}

interface SubjectOptions {
  readonly model?: string
  readonly deterministic?: boolean
}

/** The model at `path`, as its run trains it; else the named network, as `fovea train` would. */
export async function subjectOf(path: string | null, options: SubjectOptions): Promise<Subject> {
  if (path === null) return named(options)
  if (options.model === undefined) return stored(path, options)
  throw new OptionError(
    `explain plan: --model ${options.model} and ${path} cannot both be explained.`,
    'Leave one of them out.',
  )
}

function named({ model: name = 'tutorial', deterministic = false }: SubjectOptions): Subject {
  const model = new Model(namedNetwork(name), { seed: 0, deterministic })
  model.compile(tutorial.compile)
  return { title: name, model, batchSize: tutorial.fit.batchSize }
}

async function stored(path: string, options: SubjectOptions): Promise<Subject> {
  const file = await readModelFile(await modelPath(path))
  const settings = await settingsOfRun(path)
  const deterministic = options.deterministic ?? settings?.deterministic ?? false
  const model = modelOf(file, { seed: 0, deterministic })
  const optimizer = settings && { name: settings.optimizer.name, ...settings.optimizer.options }
  model.compile({ ...tutorial.compile, ...(optimizer && { optimizer }), loss: lossOf(file) })
  return { title: path, model, batchSize: settings?.batchSize ?? tutorial.fit.batchSize }
}
