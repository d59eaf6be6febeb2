import { isDeepStrictEqual } from 'node:util'
import { OptionError } from '../../base/errors.js'
import type { TrainingFingerprint } from '../../data/dataset.js'
import { type LossConfig, lossConfig, lossFromConfig } from '../../nn/losses.js'
import type { FolderSettings } from '../../node/folder-data/folder-settings.js'
import { networkFromName, recipeFromName } from '../../recipes/index.js'
import type { PhotosRecipe } from '../../recipes/photos.js'
import { checkTreatment, checkUse, remediesFromNames, treatedNetwork } from '../../recipes/remedies.js'
import { parseAugmentation } from '../../train/augmentation/parse.js'
import { type AugmentStep, augmentationFromConfig } from '../../train/augmentation/step.js'
import type { FitOptions } from '../../train/index.js'
import type { TestTime } from '../../train/test-time/views.js'
import type { DataSource } from '../source/data-source.js'
import { type OptimizerSettings, optimizerSettings, withGroupsFor } from './optimizer-settings.js'
import type { TrainOptions } from './train-options.js'

/** All that decides how a run goes, in plain JSON: `config.json` of its folder. */
export interface TrainSettings {
  readonly dataset: string
  /** Where the data set's files are, as an absolute path; null: the cache. */
  readonly data: string | null
  /** How the pictures of a folder are read; null for a data set with a name. */
  readonly folder: FolderSettings | null
  /** The pictures of a folder as they were when the run began; null for a data set with a name, and before they were read. */
  readonly fingerprint: TrainingFingerprint | null
  /** So many of the training pictures are taken, from the first on; null: all. */
  readonly pictures: number | null
  /** The recipe it began from; flags may have changed parts of it. */
  readonly recipe: string
  readonly model: string
  /** Names of remedies that change the network. */
  readonly remedies: readonly string[]
  readonly optimizer: OptimizerSettings
  readonly loss: LossConfig
  /** `balanced`: every class counts the same, however many pictures it has. Null: every picture does. */
  readonly classWeight: 'balanced' | null
  readonly augment: readonly AugmentStep[]
  /** At most, where there is a budget; null: as many as fit into it. */
  readonly epochs: number | null
  readonly batchSize: number
  /** Epochs without a lower validation loss after which training ends with the best weights; null: it goes on. */
  readonly earlyStopping: number | null
  /** Seconds the training may take; its schedule is planned to end then. Null: as long as the epochs take. */
  readonly budget: number | null
  readonly validationSplit: number
  /** How many training pictures are measured like the validation part; true: as many as it has; null: none. */
  readonly trainEval: number | true | null
  /** Over which views of a picture its answer is averaged when the run is measured; it is measured without, too. `none`: only without. */
  readonly testTime: TestTime
  readonly seed: number
  /** Null: one for each core. */
  readonly threads: number | null
  /** Whether every machine shall compute the same bits. */
  readonly deterministic: boolean
  /** Seconds; null: after each epoch only. */
  readonly checkpointEvery: number | null
  /** Whether TensorBoard's event files are written into the run's folder. */
  readonly tensorboard: boolean
}

/**
 * The settings of a new run, in the order of `TrainSettings`: those of its recipe where nothing else was said. Unknown names
 * are refused.
 *
 * @param proposed what the pictures are learned by where no recipe is named
 */
export function newSettings(
  { dataset, data, folder }: DataSource,
  options: TrainOptions,
  proposed: PhotosRecipe = recipeFromName('tutorial'),
): TrainSettings {
  checkValidationUse(options)
  const recipe: PhotosRecipe = options.recipe === undefined ? proposed : recipeFromName(options.recipe)
  const { model } = options
  const network = model === undefined ? recipe.network : networkFromName(model)
  const optimizer = optimizerSettings(recipe, options)
  const { remedies, augment, earlyStopping } = treatment(recipe, options)
  checkTreatment(network, remediesFromNames(remedies))
  checkUse(network, remediesFromNames(remedies))
  return {
    dataset,
    data,
    folder,
    fingerprint: null,
    pictures: options.pictures ?? null,
    recipe: recipe.name,
    model: network.name,
    remedies,
    optimizer:
      network === recipe.network ? optimizer : withGroupsFor(optimizer, weightsOf(network, remedies)),
    loss: lossSettings(recipe, options),
    classWeight: options.classWeight ?? null,
    augment,
    epochs: options.epochs ?? (options.budget === undefined ? recipe.fit.epochs : null),
    batchSize: options.batchSize ?? recipe.fit.batchSize,
    earlyStopping,
    budget: options.budget ?? null,
    validationSplit: folder?.shares.validation ?? options.validationSplit ?? 0.1,
    trainEval: options.trainEval ?? comparable(options),
    testTime: recipe.testTime,
    seed: options.seed ?? 0,
    threads: options.threads ?? null,
    deterministic: options.deterministic ?? false,
    checkpointEvery: options.checkpointEvery ?? 60,
    tensorboard: options.tensorboard ?? false,
  }
}

/** The loss of weighted classes says nothing beside that of the validation part: then training pictures are measured like those. */
const comparable = ({ classWeight, validationSplit }: TrainOptions): true | null =>
  classWeight === 'balanced' && validationSplit !== 0 ? true : null

/** Names of what is trained; they do not depend on the size of the pictures. */
const weightsOf = (network: ReturnType<typeof networkFromName>, remedies: readonly string[]): string[] =>
  treatedNetwork(network, remediesFromNames(remedies), [32, 32, 3], 10)
    .weights.filter(({ spec }) => spec.trainable)
    .map(({ name }) => name)

/** How long a training of these settings is, for `fit`. */
export const lengthOf = ({ epochs, budget }: TrainSettings): Pick<FitOptions, 'epochs' | 'budget'> => ({
  ...(epochs !== null && { epochs }),
  ...(budget !== null && { budget }),
})

/** What was asked for against overfitting: the network's part, the pictures' part, and the end of training. */
function treatment(
  recipe: Pick<PhotosRecipe, 'fit' | 'augmentationRemedy'>,
  { remedies: names = [], augment, earlyStopping }: TrainOptions,
): Pick<TrainSettings, 'remedies' | 'augment' | 'earlyStopping'> {
  const remedies = remediesFromNames(names)
  const own = augmentationFromConfig(recipe.fit.augment)
  const pictures = augment === undefined ? own : parseAugmentation(augment, own)
  const added = augmentationFromConfig(
    remedies.flatMap(remedy => (remedy.augment && (recipe.augmentationRemedy ?? remedy.augment)) ?? []),
  )
  const patience = remedies.find(remedy => remedy.patience !== undefined)?.patience
  return {
    remedies: remedies.filter(({ layers }) => layers).map(({ name }) => name),
    augment: [...added.filter(step => !pictures.some(other => isDeepStrictEqual(step, other))), ...pictures],
    earlyStopping: earlyStopping ?? patience ?? null,
  }
}

function lossSettings(recipe: Pick<PhotosRecipe, 'compile'>, { labelSmoothing }: TrainOptions): LossConfig {
  const { loss } = recipe.compile
  return lossConfig(lossFromConfig(labelSmoothing === undefined ? loss : { ...loss, labelSmoothing }))
}

/** Refuses what looks at a validation part where there is none. */
function checkValidationUse({
  validationSplit,
  trainEval,
  earlyStopping,
  remedies = [],
}: TrainOptions): void {
  if (validationSplit !== 0) return
  if (trainEval === true)
    throw new OptionError(
      '--train-eval takes as many pictures as the validation part has, but --validation-split is 0.',
      'Say how many: --train-eval 1000',
    )
  if (
    earlyStopping !== undefined ||
    remediesFromNames(remedies).some(({ patience }) => patience !== undefined)
  )
    throw new OptionError(
      'Early stopping watches the validation loss, but --validation-split is 0.',
      'Set pictures aside for it: --validation-split 0.1',
    )
}
