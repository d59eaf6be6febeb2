import { OptionError } from '../../base/errors.js'
import { askedByName, isDatasetName } from '../source/data-source.js'
import { chooseFor, surveyFolder } from '../source/folder-source.js'
import { newSettings, type TrainSettings } from './settings.js'
import type { TrainOptions } from './train-options.js'

/** The settings of a new run, and what to say about how they were chosen. */
export interface ChosenSettings {
  readonly settings: TrainSettings
  readonly sentences: readonly string[]
}

/** Settings for a data set with a name, or for pictures at a place, which are looked at first. */
export async function chooseSettings(given: string, options: TrainOptions): Promise<ChosenSettings> {
  return (await settingsChooser(given, options))(options)
}

/** Looks at the pictures once, and then chooses settings for any options that leave their place as it is. */
export async function settingsChooser(
  given: string,
  { data }: Pick<TrainOptions, 'data'>,
): Promise<(options: TrainOptions) => ChosenSettings> {
  if (isDatasetName(given))
    return options => {
      refuseFolderOptions(given, options)
      return { settings: newSettings(askedByName(given, data), options), sentences: [] }
    }
  const surveyed = await surveyFolder(given, { ...(data !== undefined && { data }) })
  return options => {
    const { source, recipe, overview, sentences } = chooseFor(surveyed, options)
    return { settings: newSettings(source, options, recipe), sentences: [overview, ...sentences] }
  }
}

const folderOptions = ['size', 'fit', 'colour', 'testSplit'] as const satisfies (keyof TrainOptions)[]

/** The pictures of a data set with a name are as they are. */
function refuseFolderOptions(dataset: string, options: TrainOptions): void {
  const given = folderOptions.find(option => options[option] !== undefined)
  if (given === undefined) return
  const flag = given === 'testSplit' ? '--test-split' : `--${given}`
  throw new OptionError(
    `${flag}: only for pictures of a folder; those of ${dataset} are used as they are.`,
    'Leave it out.',
  )
}
