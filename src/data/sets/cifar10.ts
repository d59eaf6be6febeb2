import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { Tensor } from '../../base/tensor.js'
import type { DatasetInMemory, FileSource } from '../dataset.js'
import { tutorialScaling } from './pixels.js'

const side = 32
const plane = side * side
/** One label byte, then 1,024 red, 1,024 green, 1,024 blue bytes. */
const recordBytes = 1 + 3 * plane
const usualRecords = 10_000

const officialNames = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
]
const trainFiles = [1, 2, 3, 4, 5].map(batch => `data_batch_${batch}.bin`)
const testFile = 'test_batch.bin'
const namesFile = 'batches.meta.txt'

const howToMend =
  'Fetch cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html again and unpack it there.'

/**
 * CIFAR-10 from its official binary files (`data_batch_1.bin` … `_5.bin`, `test_batch.bin`, `batches.meta.txt`).
 *
 * Pictures come as `[N, 32, 32, 3]` bytes that stand for -0.5 … 0.5, labels as `[N]`. A file with fewer records
 * than the usual 10,000 is used, and the difference is said in `notices`.
 *
 * @throws FileError for a missing file, a length that is no number of whole records, a label over 9
 */
export async function readCifar10(source: FileSource): Promise<DatasetInMemory> {
  const names = await readClassNames(source)
  const trainRecords = await readAll(source, trainFiles)
  const testRecords = await readAll(source, [testFile])
  const shorter = [...trainRecords, ...testRecords].flatMap(noticeIfUnusual)
  return {
    name: 'cifar10',
    classNames: names ?? officialNames,
    train: decode(trainRecords),
    test: decode(testRecords),
    notices: names
      ? shorter
      : [...shorter, `${source.place} has no ${namesFile}: the official class names are used.`],
  }
}

interface RecordFile {
  /** With the place, for messages. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly records: number
}

async function readAll(source: FileSource, names: readonly string[]): Promise<RecordFile[]> {
  const files: RecordFile[] = []
  for (const name of names) files.push(await readRecords(source, name))
  return files
}

async function readRecords(source: FileSource, name: string): Promise<RecordFile> {
  const path = `${source.place}/${name}`
  const bytes = await source.read(name)
  if (!bytes) throw await missingFile(source, name)
  if (bytes.length === 0 || bytes.length % recordBytes !== 0)
    throw new FileError(
      `${path}: ${formatCount(bytes.length)} bytes are no whole number of CIFAR-10 records ` +
        `(${formatCount(recordBytes)} bytes each, ${formatCount(usualRecords * recordBytes)} in a complete file).`,
      `The file was cut off or is another one. ${howToMend}`,
    )
  return { path, bytes, records: bytes.length / recordBytes }
}

/** People often have the Python version of the same pictures: its files have the same names without `.bin`. */
async function missingFile(source: FileSource, name: string): Promise<FileError> {
  const isPythonVersion = (await source.read('data_batch_1')) !== null
  return isPythonVersion
    ? new FileError(
        `${source.place} holds the Python version of CIFAR-10; ${name} of the binary version was expected.`,
        'Fetch cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html.',
      )
    : new FileError(
        `${source.place} holds no ${name}. CIFAR-10 is ${trainFiles[0]} … ${trainFiles[4]} and ${testFile}.`,
        howToMend,
      )
}

function noticeIfUnusual({ path, records }: RecordFile): string[] {
  if (records === usualRecords) return []
  return [
    `${path} holds ${formatCount(records)} pictures instead of ${formatCount(usualRecords)}. They are used.`,
  ]
}

function decode(files: readonly RecordFile[]): DatasetInMemory['train'] {
  const total = files.reduce((sum, file) => sum + file.records, 0)
  const x = new Uint8Array(total * 3 * plane)
  const y = new Uint8Array(total)
  let row = 0
  for (const file of files)
    for (let record = 0; record < file.records; record++, row++) {
      y[row] = labelOf(file, record)
      interleave(file.bytes, record * recordBytes + 1, x, row * 3 * plane)
    }
  return { x: new Tensor(x, [total, side, side, 3], tutorialScaling), y: new Tensor(y, [total]) }
}

function labelOf({ path, bytes }: RecordFile, record: number): number {
  const at = record * recordBytes
  const label = bytes[at]!
  if (label < officialNames.length) return label
  throw new FileError(
    `${path}: record ${formatCount(record)} (byte ${formatCount(at)}) has label ${label}, but CIFAR-10 has the labels 0 … 9.`,
    `The file is damaged or of another data set. ${howToMend}`,
  )
}

/** Three planes RRR… GGG… BBB… become pixels RGB RGB …: channels last. */
function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let i = 0; i < plane; i++) {
    const pixel = to + 3 * i
    pixels[pixel] = planes[from + i]!
    pixels[pixel + 1] = planes[from + plane + i]!
    pixels[pixel + 2] = planes[from + 2 * plane + i]!
  }
}

async function readClassNames(source: FileSource): Promise<string[] | null> {
  const bytes = await source.read(namesFile)
  if (!bytes) return null
  const names = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (names.length !== officialNames.length)
    throw new FileError(
      `${source.place}/${namesFile}: ${names.length} class names were found, but CIFAR-10 has ${officialNames.length}.`,
      howToMend,
    )
  return names
}
