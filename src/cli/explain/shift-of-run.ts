import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { Tensor } from '../../base/tensor.js'
import type { Examples } from '../../data/dataset.js'
import { likeliest } from '../../explain/shift/counts.js'
import { moveBefore, type ShiftExample, shiftExample } from '../../explain/shift/moved-network.js'
import type { ModelFile } from '../../io/model-file.js'
import { modelOf, modelPath, readModelFile } from '../../node/model-files.js'
import { pictureSize, readPicture } from '../../node/pictures/read-picture.js'
import { checkClasses } from '../check-classes.js'
import { labelNamed } from '../named-class.js'
import { loadTestData } from '../test-data.js'
import { labelIn, type ShiftStudy, type ShiftTask } from './shift-study.js'

/** Measures a trained network on the test pictures of its data set, or on a picture. */
export async function studyRun(path: string, picture: string | null, task: ShiftTask): Promise<ShiftStudy> {
  const file = await readModelFile(await modelPath(path))
  return picture === null ? studyTestPictures(path, file, task) : studyPicture(path, file, picture, task)
}

async function studyTestPictures(path: string, file: ModelFile, task: ShiftTask): Promise<ShiftStudy> {
  const { options, io } = task
  const dataset = await loadTestData(path, file, options, io)
  checkClasses(path, file, dataset)
  const { x, y } = dataset.test
  const examples = { x: x.withScaling(file.preprocessing ?? x.scaling), y }
  const label = labelIn(dataset.classNames, options)
  const example = shiftExample(examples, label, dataset.classNames, options.range ?? 8)
  if (!example)
    throw new OptionError(
      `${dataset.name} has no test picture of class ${dataset.classNames[label]}.`,
      'Name another class with --class.',
    )
  const rows = Math.min(options.pictures ?? 100, x.rows)
  const moved = { x: examples.x.slice(0, rows), y: y.slice(0, rows) }
  const facts =
    `The first ${formatCount(rows)} test pictures of ${dataset.name} were moved. ` +
    'What comes in is their border drawn out.'
  return studyOf(path, file, { examples: moved, example, facts, classNames: dataset.classNames }, task)
}

async function studyPicture(
  path: string,
  file: ModelFile,
  picture: string,
  task: ShiftTask,
): Promise<ShiftStudy> {
  const shape = file.network.inputShape
  const bytes = await readPicture(picture, shape)
  const x = new Tensor(bytes.data, [1, ...shape], file.preprocessing)
  const classNames = file.classNames ?? []
  const { class: name } = task.options
  const label =
    name === undefined ? likeliest((await modelOf(file).predict(x)).data) : labelNamed(name, classNames)
  const examples: Examples = { x, y: new Tensor(Uint8Array.of(label), [1]) }
  const example = shiftExample(examples, label, classNames, task.options.range ?? 8)!
  const facts =
    `${picture}${await resized(picture, shape)} was moved. The right class is ` +
    `${name === undefined ? 'taken to be what the network says where it is: ' : ''}${example.className}. What comes in is its border drawn out.`
  return studyOf(path, file, { examples, example, facts, classNames }, task)
}

/** Says so where a picture had another size. */
async function resized(picture: string, [height, width]: readonly number[]): Promise<string> {
  const [fromWidth, fromHeight] = await pictureSize(picture)
  const same = fromWidth === width && fromHeight === height
  return same ? '' : ` (${fromWidth}×${fromHeight} pixels, resized to ${width}×${height} as in training)`
}

interface Measured {
  readonly examples: Examples
  readonly example: ShiftExample
  readonly facts: string
  readonly classNames: readonly string[]
}

async function studyOf(
  path: string,
  file: ModelFile,
  { examples, example, facts, classNames }: Measured,
  { options: { range, threads }, progress, signal }: ShiftTask,
): Promise<ShiftStudy> {
  const network = await moveBefore(path, modelOf(file), examples, example, classNames, {
    signal,
    onProgress: (done, total) => progress.moved(done, total),
    ...(range !== undefined && { range }),
    ...(threads !== undefined && { threads }),
  })
  return { facts, example, networks: [network] }
}
