import { formatCount, formatPercent } from '../../base/format.js'
import { listed } from '../../node/folder/passed-over.js'
import { showName } from '../../node/folder/show-name.js'
import { sizes as trainedSizes } from '../../node/folder-data/choose-format.js'
import {
  contradictionNotice,
  contradictions,
  imbalanceNotice,
  leakNotice,
  leaks,
} from '../../node/folder-data/folder-notices.js'
import type { PictureFolder } from '../../node/folder-data/read-folder.js'
import type { ClassLook, FolderLook } from '../../node/folder-look/folder-look.js'
import { shellWord } from '../../node/shell-word.js'
import type { ChosenReading } from './choose-reading.js'

/** What a person should do, in the order of weight. */
export interface Advice {
  /** Why training is not possible as it is; empty where it is. */
  readonly obstacles: readonly string[]
  readonly sentences: readonly string[]
  /** What training would choose; empty where it is not possible. */
  readonly choices: readonly string[]
  /** What to type next; null where training is not possible. */
  readonly command: string | null
}

export function adviceOn(look: FolderLook, folder: PictureFolder, chosen: ChosenReading | null): Advice {
  const obstacles = [...obstaclesTo(look), ...noChoice(look, chosen)]
  const uneven = imbalanceNotice(folder)
  const classNames = folder.listing.classNames
  const possible = chosen !== null && obstacles.length === 0
  return {
    obstacles,
    sentences: [
      ...contradictionNotice(contradictions(folder.pictures), classNames),
      ...leakNotice(leaks(folder.pictures)),
      ...unusableClasses(look),
      ...tooFew(look),
      ...thin(look),
      ...uneven,
      ...smallAdvice(look, chosen?.folder.height ?? trainedSizes[0]),
      ...sizeAdvice(look),
    ],
    choices: possible ? chosen.sentences : [],
    command: possible
      ? `npx fovea train ${shellWord(look.place)}${uneven.length > 0 ? ' --class-weight balanced' : ''}`
      : null,
  }
}

/** Training looks at a sample first, to choose how large pictures should be. */
const noChoice = ({ pictures }: FolderLook, chosen: ChosenReading | null): string[] =>
  pictures > 0 && chosen === null
    ? [
        'So many files are broken that training finds none it can use where it looks first: take the broken ones out.',
      ]
    : []

/** Labels are bytes. */
const mostClasses = 256

/** So many pictures a class needs: one to train on, and one for each of the two parts that measure. */
const fewest = 3

/** With fewer, classes are learned badly and measured worse. */
const thinBelow = 20

function obstaclesTo({ classes, parts }: FolderLook): string[] {
  const present = classes.filter(({ pictures }) => pictures > 0)
  const [only] = present
  if (!only) return ['None of the files can be used, so there is nothing to train on.']
  if (present.length === 1)
    return [
      `There are pictures of one class only (${showName(only.name)}), so there is nothing to tell apart. Make a folder for each class, with pictures in it: also one for "something else", if that is the question.`,
    ]
  if (present.length > mostClasses)
    return [
      `There are ${formatCount(present.length)} classes, but at most ${mostClasses} can be told apart. Is the folder of the pictures a level too high, or are names of files taken for classes?`,
    ]
  const empty = (['train', 'validation', 'test'] as const).filter(part => parts[part] === 0)
  if (empty.length === 0) return []
  return [
    `There are too few pictures to train on some and measure on others: nothing is left for ${empty.join(' and ')}. Give at least ${fewest} for every class.`,
  ]
}

const named = (classes: readonly ClassLook[], tell: (look: ClassLook) => string): string =>
  listed(
    classes.slice(0, 5).map(look => `${showName(look.name)} (${tell(look)})`),
    classes.length,
  )

function unusableClasses({ classes }: FolderLook): string[] {
  const gone = classes.filter(({ pictures }) => pictures === 0)
  if (gone.length === 0) return []
  return [
    `Classes without a picture that can be used: ${named(gone, ({ faulty }) => `${formatCount(faulty)} broken`)}. Training does not know them.`,
  ]
}

const counted = ({ pictures }: ClassLook): string => formatCount(pictures)

function tooFew({ classes }: FolderLook): string[] {
  const few = classes.filter(({ pictures }) => pictures > 0 && pictures < fewest)
  if (few.length === 0) return []
  return [
    `Fewer than ${fewest} pictures: ${named(few, counted)}. Such a class cannot be both learned and measured: give it more, or leave it out.`,
  ]
}

function thin({ classes }: FolderLook): string[] {
  const few = classes.filter(({ pictures }) => pictures >= fewest && pictures < thinBelow)
  if (few.length === 0) return []
  return [
    `Fewer than ${thinBelow} pictures: ${named(few, counted)}. Expect many mistakes there, and shares that say little, as they are measured on a few pictures; good results begin at about fifty.`,
  ]
}

/** Shorter sides that differ by more than so much between the lowest and the highest tenth are very mixed. */
const mixedFrom = 4

/** From such a share on it is worth saying that whole pictures can be kept. */
const muchCropped = 0.25

/** Pictures that are enlarged more than so many times show little of what larger ones do. */
const enlargedFrom = 2

/** `side`: the height and width pictures are trained with. */
function smallAdvice({ files }: FolderLook, side: number): string[] {
  const limit = side / enlargedFrom
  const small = files.filter(({ size }) => size && Math.min(size.width, size.height) < limit).length
  if (small === 0) return []
  const [they, stay, them] = small === 1 ? ['it', 'stays', 'it'] : ['they', 'stay', 'them']
  return [
    `${pictureCount(small)} of less than ${limit} pixels in height or width: enlarged to ${side}, ${they} ${stay} blurred, and little is to be learned from ${them}.`,
  ]
}

function sizeAdvice({ sizes, pictures }: FolderLook): string[] {
  if (!sizes) return []
  const { low, high } = sizes.shorterSides
  const { croppedAway, notSquare } = sizes
  return [
    ...(high >= mixedFrom * low
      ? [
          `Sizes are very mixed: a tenth of the pictures have at most ${low} pixels in height or width, another tenth at least ${high}. Where size goes with class, the network may learn how sharp a picture is, not what it shows.`,
        ]
      : []),
    ...(croppedAway && croppedAway.median >= muchCropped && 2 * notSquare >= pictures
      ? [
          `Cropping takes ${formatPercent(croppedAway.median)} of a typical picture away. Where what matters is not in the middle, --fit pad keeps whole pictures.`,
        ]
      : []),
  ]
}

const pictureCount = (count: number): string =>
  count === 1 ? 'There is 1 picture' : `There are ${formatCount(count)} pictures`
