import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from '../base/errors.js'
import { decodeModel, encodeModel, type ModelFile } from '../io/model-file.js'
import { Model, type ModelOptions } from '../train/model.js'
import { writeAtomically } from './atomic-file.js'
import { fileError } from './file-errors.js'
import { noSuchRun, runFiles } from './run-paths.js'

/**
 * Writes a model as one safetensors file: network, weights, and how pictures are scaled before it sees them.
 *
 * @throws FileError where the file cannot be written; an earlier file of this name is then untouched
 */
export async function saveModel(model: Model, path: string): Promise<void> {
  await writeAtomically(
    path,
    encodeModel({
      network: model.network,
      weights: model.getWeights(),
      preprocessing: model.preprocessing ?? undefined,
    }),
  )
}

/**
 * The model that `saveModel` or a training run wrote: `path` is a file, or a run folder (its last weights).
 * It can predict; `compile` it to train or evaluate it.
 */
export async function loadModel(path: string, options: ModelOptions = {}): Promise<Model> {
  return modelOf(await readModelFile(await modelPath(path)), options)
}

/** The model of a file that has been read. */
export function modelOf({ network, weights, preprocessing }: ModelFile, options: ModelOptions = {}): Model {
  const model = new Model(network, options)
  model.setWeights(weights)
  model.preprocessing = preprocessing ?? null
  return model
}

/** The model file at a path: the path itself, or in a run folder what training ended with; where only the best are left those. */
export async function modelPath(path: string): Promise<string> {
  const facts = await stat(path).catch(() => null)
  if (!facts) throw await noSuchRun(path)
  if (!facts.isDirectory()) return path
  for (const name of [runFiles.final, runFiles.last, runFiles.best]) {
    const file = join(path, name)
    if (await stat(file).catch(() => null)) return file
  }
  throw new FileError(
    `${path}: there is no ${runFiles.last} in this folder.`,
    'Give a run folder that has made a checkpoint, or a model file.',
  )
}

/** Reads and checks a model file. */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readFile(path).catch(error => {
    throw fileError(path, 'read', error)
  })
  return decodeModel(bytes, path)
}
