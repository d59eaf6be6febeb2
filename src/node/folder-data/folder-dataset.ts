import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { Tensor } from '../../base/tensor.js'
import type { Dataset, Examples } from '../../data/dataset.js'
import { type SplitPart, type SplitShares, splitByHash } from '../../data/hash-split.js'
import { tutorialScaling } from '../../data/sets/pixels.js'
import { StoredRows } from '../../data/stored-rows.js'
import { showName } from '../folder/show-name.js'
import type { PictureStore } from '../picture-store/picture-store.js'
import { shellWord } from '../shell-word.js'
import { fingerprintOf } from './fingerprint.js'
import { folderNotices } from './folder-notices.js'
import type { FolderPicture, PictureFolder } from './read-folder.js'

/** Labels are bytes. */
const mostClasses = 256

/**
 * A folder as a data set: its parts where it has some, else parts by the hash of each file's content. Classes without a picture
 * that can be used are no classes.
 *
 * @throws FileError for fewer than two classes, more than 256, and so few pictures that nothing is left to train on or to measure
 */
export function folderDataset(folder: PictureFolder, shares: SplitShares): Dataset {
  const { store, name } = folder
  const { classNames, pictures } = withoutEmptyClasses(folder)
  checkClasses(folder, classNames)
  const parts = splitByHash(pictures, shares)
  const picturesOf = (part: SplitPart) => inOrder(pictures.filter((_, i) => parts[i] === part))
  const training = { train: picturesOf('train'), validation: picturesOf('validation') }
  const [train, validation, test] = [training.train, training.validation, picturesOf('test')].map(ordered =>
    examplesFrom(store, ordered),
  ) as [Examples, Examples, Examples]
  if (test.x.rows === 0 && shares.test === 0) throw nothingKept(folder)
  if (train.x.rows === 0 || test.x.rows === 0 || (shares.validation > 0 && validation.x.rows === 0))
    throw tooFew(folder, classNames.length)
  return {
    name,
    classNames,
    train,
    ...(validation.x.rows > 0 && { validation }),
    test,
    fingerprint: fingerprintOf(training, classNames),
    notices: folderNotices(folder),
  }
}

/** All pictures of a folder, with the labels of a network that knows these classes; those of other classes are left out. */
export function folderExamples(
  { store, listing, pictures }: PictureFolder,
  classNames: readonly string[],
): Examples {
  const labels = listing.classNames.map(name => classNames.indexOf(name))
  const known = pictures.flatMap(picture => {
    const label = labels[picture.label]!
    return label < 0 ? [] : [{ ...picture, label }]
  })
  return examplesFrom(store, inOrder(known))
}

/** In the order of hashes: the first of them are as good a sample as any, and the same on every machine. */
const inOrder = (pictures: readonly FolderPicture[]): FolderPicture[] =>
  [...pictures].sort((a, b) => compare(a.hash, b.hash) || compare(a.file, b.file))

function examplesFrom(store: PictureStore, ordered: readonly FolderPicture[]): Examples {
  const rows = Uint32Array.from(ordered, ({ row }) => row)
  return {
    x: new StoredRows(store, rows, tutorialScaling),
    y: new Tensor(
      Uint8Array.from(ordered, ({ label }) => label),
      [rows.length],
    ),
    files: ordered.map(({ file }) => file),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function withoutEmptyClasses({ listing, pictures }: PictureFolder): {
  classNames: string[]
  pictures: FolderPicture[]
} {
  const present = new Set(pictures.map(({ label }) => label))
  const kept = listing.classNames.map((_, label) => label).filter(label => present.has(label))
  const labels = new Map(kept.map((label, i) => [label, i]))
  return {
    classNames: kept.map(label => listing.classNames[label]!),
    pictures: pictures.map(picture => ({ ...picture, label: labels.get(picture.label)! })),
  }
}

function checkClasses({ listing: { place } }: PictureFolder, classNames: readonly string[]): void {
  const [only] = classNames
  const name = showName(place)
  if (only === undefined)
    throw new FileError(
      `${name}: none of its pictures can be used.`,
      `See why: npx fovea data ${shellWord(place)}`,
    )
  if (classNames.length === 1)
    throw new FileError(
      `${name} has pictures of one class only (${showName(only)}), so there is nothing to tell apart.`,
      'Make a folder for each class, with pictures in it: also one for "something else", if that is the question.',
    )
  if (classNames.length > mostClasses)
    throw new FileError(
      `${name} has ${formatCount(classNames.length)} classes, but at most ${mostClasses} can be told apart.`,
      'Is the folder of the pictures a level too high, or are names of files taken for classes?',
    )
}

const nothingKept = ({ listing: { place } }: PictureFolder): FileError =>
  new FileError(
    `${showName(place)}: no picture is kept for the test at the end, as its share is 0 and there is no folder test.`,
    'Keep some, if few: --test-split 0.05. Or add a folder test with pictures of each class.',
  )

function tooFew({ listing: { place }, pictures }: PictureFolder, classes: number): FileError {
  const different = new Set(pictures.map(({ hash }) => hash)).size
  const count = `${formatCount(pictures.length)} pictures of ${classes} classes`
  const who = different === pictures.length ? count : `${count}, ${formatCount(different)} without copies,`
  return new FileError(
    `${showName(place)}: ${who} are too few to train on some and measure on others.`,
    'Give at least three pictures for every class; good results begin at about fifty.',
  )
}
