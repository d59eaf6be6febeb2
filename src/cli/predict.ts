import { formatPercent } from '../base/format.js'
import { Tensor } from '../base/tensor.js'
import type { ModelFile } from '../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../node/model-files.js'
import { readPicture } from '../node/pictures/read-picture.js'
import type { CliIo } from './io.js'

/** How many answers are given for a picture. */
const answers = 3

export interface Answer {
  readonly className: string
  readonly probability: number
}

/** Does what `fovea predict` is asked for. */
export async function predict(
  path: string,
  pictures: readonly string[],
  io: CliIo,
  json: boolean,
): Promise<void> {
  const file = await readModelFile(await modelPath(path))
  const x = await readPictures(pictures, file)
  const output = await modelOf(file).predict(x)
  pictures.forEach((picture, row) => {
    const best = bestAnswers(output.slice(row, row + 1).data, file.classNames)
    io.out(json ? JSON.stringify({ picture, answers: best }) : `${picture}: ${formatAnswers(best)}`)
  })
}

/** The pictures as `[N, H, W, C]`, of the size and with the scaling the network was trained with. */
async function readPictures(
  paths: readonly string[],
  { network, preprocessing }: ModelFile,
): Promise<Tensor> {
  const shape = network.inputShape
  const pictures = await Promise.all(paths.map(path => readPicture(path, shape)))
  const length = pictures[0]!.data.length
  const bytes = new Uint8Array(length * pictures.length)
  pictures.forEach((picture, row) => bytes.set(picture.data, row * length))
  return new Tensor(bytes, [pictures.length, ...shape], preprocessing)
}

/** The likeliest classes, the likeliest first; of equals the lower class. */
export function bestAnswers(probabilities: Float32Array, classNames?: readonly string[]): Answer[] {
  return Array.from(probabilities, (probability, label) => ({
    className: classNames?.[label] ?? `class ${label}`,
    probability,
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, answers)
}

/** `cat 81.3 %, dog 12.1 %, frog 3.0 %` */
export const formatAnswers = (best: readonly Answer[]): string =>
  best.map(({ className, probability }) => `${className} ${formatPercent(probability)}`).join(', ')
