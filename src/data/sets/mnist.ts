import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { formatShape } from '../../base/shape.js'
import { Tensor } from '../../base/tensor.js'
import type { DatasetInMemory, Examples, FileSource } from '../dataset.js'
import { parseIdx } from './idx.js'
import { tutorialScaling } from './pixels.js'

/** The data sets that come in MNIST's four files. */
export type MnistName = 'mnist' | 'fashion-mnist'

const classNames: Readonly<Record<MnistName, readonly string[]>> = {
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  'fashion-mnist': [
    'T-shirt/top',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
}

const parts = {
  train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', usual: 60_000 },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', usual: 10_000 },
} as const

type Part = (typeof parts)[keyof typeof parts]

/** The four files' names, as they are in the folder once unpacked. */
export const mnistFiles: readonly string[] = Object.values(parts).flatMap(({ images, labels }) => [
  images,
  labels,
])

/**
 * MNIST or Fashion-MNIST from its four idx files.
 *
 * Pictures come as `[N, 28, 28, 1]` bytes that stand for -0.5 … 0.5, labels as `[N]`. Fewer pictures than usual are
 * used, and the difference is said in `notices`.
 *
 * @throws FileError for a missing or damaged file, pictures and labels that do not match, a label over 9
 */
export async function readMnist(source: FileSource, name: MnistName = 'mnist'): Promise<DatasetInMemory> {
  const train = await readPart(source, parts.train)
  const test = await readPart(source, parts.test)
  const notices = [
    ...noticeIfUnusual(source, train, parts.train),
    ...noticeIfUnusual(source, test, parts.test),
  ]
  return { name, classNames: classNames[name], train, test, notices }
}

async function readPart(source: FileSource, { images, labels }: Part): Promise<DatasetInMemory['train']> {
  const x = await readArray(source, images, 3)
  const y = await readArray(source, labels, 1)
  const [rows, height, width] = x.shape as [number, number, number]
  if (y.rows !== rows)
    throw new FileError(
      `${source.place}: ${images} holds ${formatCount(rows)} pictures, but ${labels} holds ${formatCount(y.rows)} labels.`,
      'The two files do not belong together: fetch both again.',
    )
  checkPictures(`${source.place}/${images}`, rows, height, width)
  checkLabels(`${source.place}/${labels}`, y.data)
  return { x: new Tensor(x.data, [rows, height, width, 1], tutorialScaling), y }
}

async function readArray(source: FileSource, name: string, axes: number): Promise<Tensor<Uint8Array>> {
  const bytes = await source.read(name)
  if (!bytes)
    throw new FileError(
      `${source.place} holds no ${name} (nor ${name}.gz).`,
      `Put the four files there: ${mnistFiles.join(', ')}.`,
    )
  const array = parseIdx(bytes, `${source.place}/${name}`)
  if (array.shape.length !== axes)
    throw new FileError(
      `${source.place}/${name}: an array of ${axes === 1 ? '1 axis' : `${axes} axes`} was expected, ` +
        `but ${formatShape(array.shape)} came.`,
      'Pictures and labels may have been exchanged.',
    )
  return array
}

function checkPictures(place: string, rows: number, height: number, width: number): void {
  if (rows === 0) throw new FileError(`${place}: there is no picture in it.`, 'Fetch the file again.')
  if (height !== 28 || width !== 28)
    throw new FileError(
      `${place}: pictures of 28×28 were expected, but ${height}×${width} came.`,
      'This is another data set: give the folder of the original files.',
    )
}

function checkLabels(place: string, labels: Uint8Array): void {
  const row = labels.findIndex(label => label > 9)
  if (row >= 0)
    throw new FileError(
      `${place}: row ${formatCount(row)} has label ${labels[row]}, but there are the labels 0 … 9.`,
      'The file is damaged or of another data set: fetch it again.',
    )
}

function noticeIfUnusual({ place }: FileSource, { x }: Examples, { images, usual }: Part): string[] {
  if (x.rows === usual) return []
  return [
    `${place}/${images} holds ${formatCount(x.rows)} pictures instead of ${formatCount(usual)}. They are used.`,
  ]
}
