import { formatCount } from '../../base/format.js'
import type { Listing } from '../../node/folder/list-pictures.js'
import { showName } from '../../node/folder/show-name.js'
import type { SizeReason } from '../../node/folder-data/choose-format.js'
import type { FolderSettings } from '../../node/folder-data/folder-settings.js'
import type { Survey } from '../../node/folder-data/survey.js'
import { fewPictures, type PhotosRecipe } from '../../recipes/photos.js'
import { inEpochs } from '../training/describe.js'

/** What was chosen for a folder, and from what. */
export interface Choice {
  readonly listing: Listing
  readonly seen: Survey
  readonly folder: FolderSettings
  readonly sizeReason: SizeReason | 'asked'
  /** To train on, about. */
  readonly pictures: number
  /** What was not chosen, but asked for. */
  readonly asked: {
    readonly model?: string
    readonly recipe?: string
    readonly augment?: string
    readonly epochs?: number
    readonly budget?: number
  }
  readonly recipe: PhotosRecipe
}

/** A sentence for each choice, with its reason. */
export const describeChoice = (choice: Choice): string[] => [
  describeFormat(choice),
  ...describeNetwork(choice),
  ...describeAugmentation(choice),
  describeSplit(choice),
]

/** What the pictures are like. */
export function describePictures({
  listing,
  seen: { side, aspect, grey },
}: Pick<Choice, 'listing' | 'seen'>): string {
  const { place, pictures, classNames } = listing
  const [width, height] = aspect < 1 ? [side, Math.round(side / aspect)] : [Math.round(side * aspect), side]
  const classes = `${formatCount(classNames.length)} ${classNames.length === 1 ? 'class' : 'classes'}`
  return `${showName(place)}: ${formatCount(pictures.length)} pictures of ${classes}, about ${width}×${height} pixels, ${grey ? 'grey' : 'in colour'}.`
}

const fitWords: Readonly<Record<FolderSettings['fit'], string>> = {
  crop: 'the middle of each is taken',
  pad: 'whole, on black',
  stretch: 'stretched',
}

const sizeWords: Readonly<Record<Choice['sizeReason'], string>> = {
  asked: '',
  own: ', which is about their own size',
  few: ', small because there are few of them',
  time: ', so that training takes a minute or two',
  largest: ', the largest size that is chosen without --size',
}

function describeFormat({ folder: { height, width, fit, channels }, sizeReason }: Choice): string {
  return `They become ${width}×${height} pixels${channels === 1 ? ', grey' : ''} (${fitWords[fit]})${sizeWords[sizeReason]}.`
}

/** Nothing where a recipe was asked for: that has a line of its own. */
function describeNetwork({ pictures, asked, recipe: { network, fit } }: Choice): string[] {
  if (asked.recipe !== undefined) return []
  const count = `about ${formatCount(pictures)} pictures to train on`
  const length = asked.epochs ?? (asked.budget === undefined ? fit.epochs : null)
  const epochs = length === null ? '' : `, ${inEpochs(length)}`
  if (asked.model !== undefined) return [`Network ${network.name}${epochs}, as was asked for: ${count}.`]
  return [`Network ${network.name}${epochs}: ${count} ${whyNetwork(pictures, network.name)}.`]
}

function whyNetwork(pictures: number, network: string): string {
  if (pictures >= fewPictures) return 'are enough for a small network that learns quickly'
  if (network === 'resnet') return 'are few, and a deeper network makes more of them'
  return 'are few; remedies change a chain of layers, and deeper networks here have branches'
}

const describeAugmentation = ({ asked }: Choice): string[] =>
  asked.augment === undefined && asked.recipe === undefined
    ? [
        'Augmented without mirror images, which would change signs and letters; where left and right are alike: --augment +flip',
      ]
    : []

function describeSplit({ listing, folder: { shares } }: Choice): string {
  const has = (part: string) => listing.pictures.some(picture => picture.part === part)
  const parts = [
    [has('validation'), shares.validation, 'measures progress', 'validation'],
    [has('test'), shares.test, 'measures the result', 'test'],
  ] as const
  const own = parts.filter(([given]) => given).map(([, , , name]) => name)
  const carved = parts
    .filter(([given, share]) => !given && share > 0)
    .map(([, share, what]) => `${Math.round(100 * share)} % of each class ${what}`)
  return [
    ...(own.length > 0 ? [`The folder has its own pictures for ${own.join(' and ')}.`] : []),
    ...(carved.length > 0
      ? [`${carved.join(', ')}: chosen by what is in each file, so they stay when you add others.`]
      : []),
  ].join(' ')
}
