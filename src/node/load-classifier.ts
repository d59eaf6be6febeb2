import { readFile } from 'node:fs/promises'
import { Classifier } from '../classify/classifier.js'
import { fileError } from './file-errors.js'
import { modelPath, readModelFile } from './model-files.js'
import { decodePicture } from './pictures/decode.js'

/** A picture file: its path, or its bytes. */
export type PictureSource = string | Uint8Array

/**
 * A classifier from one file that `fovea train` wrote, or from a run folder:
 *
 *     const classifier = await loadClassifier('best.safetensors')
 *     const { answers, sure } = await classifier.predict('cat.jpg')
 *
 * @throws FileError for what is missing or no model, OptionError for a model that is no classifier of pictures
 */
export async function loadClassifier(path: string): Promise<Classifier<PictureSource>> {
  const file = await modelPath(path)
  return new Classifier<PictureSource>(await readModelFile(file), file, async (source, channels) =>
    typeof source === 'string'
      ? decodePicture(await bytesOf(source), source, channels)
      : decodePicture(source, 'the picture', channels),
  )
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch(error => {
    throw fileError(path, 'read', error)
  })
