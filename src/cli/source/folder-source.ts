import { resolve } from 'node:path'
import { FileError } from '../../base/errors.js'
import type { PictureFit } from '../../base/picture-fit.js'
import type { SplitShares } from '../../data/hash-split.js'
import { type Listing, listPictures, type PartName } from '../../node/folder/list-pictures.js'
import { showName } from '../../node/folder/show-name.js'
import { chooseSize } from '../../node/folder-data/choose-format.js'
import { nameOfPlace } from '../../node/folder-data/read-folder.js'
import { type Survey, survey } from '../../node/folder-data/survey.js'
import { shellWord } from '../../node/shell-word.js'
import { epochsFor, type PhotosRecipe, photosRecipe } from '../../recipes/photos.js'
import { changesLayers, remediesFromNames } from '../../recipes/remedies.js'
import { checkPlace, type DataSource, refuseData } from './data-source.js'
import { type Choice, describeChoice, describePictures } from './describe-choice.js'

/** What may be said about the pictures of a folder. */
export interface FolderOptions {
  readonly data?: string
  /** Height and width, in pixels. */
  readonly size?: number
  readonly fit?: PictureFit
  /** `grey` or `colour`. Default: as the pictures are. */
  readonly colour?: 'grey' | 'colour'
  readonly validationSplit?: number
  readonly testSplit?: number
  readonly epochs?: number
  readonly budget?: number
  readonly model?: string
  readonly recipe?: string
  readonly augment?: string
  readonly remedies?: readonly string[]
}

/** Pictures of a folder, and how they should be learned. */
export interface ChosenFolder {
  readonly source: DataSource
  readonly recipe: PhotosRecipe
  /** What the pictures are like, for a person. */
  readonly overview: string
  /** What was chosen and why. */
  readonly sentences: readonly string[]
}

/** A share of the pictures for each of the two parts that measure. */
export const defaultShare = 0.15

/** What a look at a folder shows, before anything is chosen. */
export interface SurveyedFolder {
  readonly place: string
  readonly listing: Listing
  readonly seen: Survey
}

/** Looks at a folder and chooses what was not said. */
export async function chooseFolder(place: string, options: FolderOptions): Promise<ChosenFolder> {
  return chooseFor(await surveyFolder(place, options), options)
}

/** Looks at a folder. */
export async function surveyFolder(
  place: string,
  { data }: Pick<FolderOptions, 'data'>,
): Promise<SurveyedFolder> {
  checkPlace(place)
  refuseData(data, place)
  const listing = await listPictures(place)
  return { place, listing, seen: await surveyOf(listing) }
}

/** Chooses what was not said. */
export function chooseFor({ place, listing, seen }: SurveyedFolder, options: FolderOptions): ChosenFolder {
  const shares = {
    validation: options.validationSplit ?? defaultShare,
    test: options.testSplit ?? defaultShare,
  }
  const pictures = picturesToTrain(listing, shares)
  const { size, reason } = chooseSize(seen, pictures, options.epochs ?? epochsFor(pictures))
  const side = options.size ?? size
  const channels = (options.colour ?? (seen.grey ? 'grey' : 'colour')) === 'grey' ? 1 : 3
  const folder = { height: side, width: side, channels, fit: options.fit ?? 'crop', shares } as const
  const recipe = photosRecipe({
    pictures,
    classes: listing.classNames.length,
    shape: [side, side, channels],
    model: options.model,
    remedied: remediesFromNames(options.remedies ?? []).some(changesLayers),
  })
  const choice: Choice = {
    listing,
    seen,
    folder,
    sizeReason: options.size === undefined ? reason : 'asked',
    pictures,
    asked: options,
    recipe,
  }
  return {
    source: { dataset: nameOfPlace(place), data: resolve(place), folder },
    recipe,
    overview: describePictures(choice),
    sentences: describeChoice(choice),
  }
}

/** What the pictures are like. */
async function surveyOf(listing: Listing): Promise<Survey> {
  const seen = await survey(listing)
  if (seen) return seen
  throw new FileError(
    `${showName(listing.place)}: none of the pictures that were looked at can be used.`,
    `See why: npx fovea data ${shellWord(listing.place)}`,
  )
}

/** So many of the pictures are left to train on, about. */
function picturesToTrain({ pictures }: Listing, { validation, test }: SplitShares): number {
  const has = (part: PartName) => pictures.some(picture => picture.part === part)
  const candidates = pictures.filter(({ part }) => part === null || part === 'train').length
  const taken = (has('validation') ? 0 : validation) + (has('test') ? 0 : test)
  return Math.max(1, Math.round(candidates * (1 - taken)))
}
