import { resolve } from 'node:path'
import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import type { PictureFit } from '../../base/picture-fit.js'
import { listPictures } from '../../node/folder/list-pictures.js'
import { showName } from '../../node/folder/show-name.js'
import { chooseSize } from '../../node/folder-data/choose-format.js'
import { nameOfPlace } from '../../node/folder-data/read-folder.js'
import { type Survey, survey } from '../../node/folder-data/survey.js'
import { epochsFor, photosRecipe } from '../../recipes/photos.js'
import type { Recipe } from '../../recipes/recipe.js'
import { checkPlace, type DataSource, refuseData } from './data-source.js'

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
}

/** Pictures of a folder, and how they should be learned. */
export interface ChosenFolder {
  readonly source: DataSource
  readonly recipe: Recipe
  /** What was chosen and why, for a person. */
  readonly sentences: readonly string[]
}

/** A share of the pictures for each of the two parts that measure. */
export const defaultShare = 0.15

/** Looks at a folder and chooses what was not said. */
export async function chooseFolder(place: string, options: FolderOptions): Promise<ChosenFolder> {
  refuseData(options.data, place)
  checkPlace(place)
  const listing = await listPictures(place)
  const seen = await survey(listing)
  if (!seen)
    throw new FileError(
      `${showName(place)}: none of the pictures that were looked at can be used.`,
      `See why: npx fovea data ${place}`,
    )
  const shares = {
    validation: options.validationSplit ?? defaultShare,
    test: options.testSplit ?? defaultShare,
  }
  const pictures = Math.round(listing.pictures.length * (1 - shares.validation - shares.test))
  const size = options.size ?? chooseSize(seen, pictures * (options.epochs ?? epochsFor(pictures)))
  const channels = (options.colour ?? (seen.grey ? 'grey' : 'colour')) === 'grey' ? 1 : 3
  const folder = { height: size, width: size, channels, fit: options.fit ?? 'crop', shares } as const
  const recipe = photosRecipe({
    pictures,
    classes: listing.classNames.length,
    height: size,
    width: size,
  })
  return {
    source: { dataset: nameOfPlace(place), data: resolve(place), folder },
    recipe,
    sentences: [describeSurvey(place, listing.pictures.length, listing.classNames.length, seen)],
  }
}

function describeSurvey(
  place: string,
  pictures: number,
  classes: number,
  { side, aspect, grey }: Survey,
): string {
  const [width, height] = aspect < 1 ? [side, Math.round(side / aspect)] : [Math.round(side * aspect), side]
  return `${showName(place)}: ${formatCount(pictures)} pictures of ${classes} classes, about ${width}×${height} pixels, ${grey ? 'grey' : 'in colour'}.`
}
