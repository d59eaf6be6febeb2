import { OptionError } from '../../base/errors.js'
import type { Dataset } from '../../data/dataset.js'
import {
  type AugmentedPictures,
  augmentationCatalogue,
  augmentedPictures,
} from '../../explain/augmented-pictures.js'
import { recipeFromName } from '../../recipes/index.js'
import { parseAugmentation } from '../../train/augmentation/parse.js'
import { type AugmentStep, augmentationFromConfig } from '../../train/augmentation/step.js'
import { drawAugmented } from '../../viz/augmented.js'
import type { Theme } from '../../viz/svg/theme.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { checkOutput, writeOutput } from '../output.js'
import { sourceOf } from '../source/source-of.js'
import { formatTable } from '../table.js'
import { checkTheme } from '../theme.js'

export interface ExplainAugmentationOptions {
  readonly augment?: string
  readonly recipe?: string
  readonly data?: string
  readonly pictures?: number
  readonly epochs?: number
  readonly seed?: number
  readonly output?: string
  readonly theme?: Theme
}

/** Every augmentation, as strong as it is often used. */
const catalogue =
  'flip,verticalFlip,shift:4,crop:4,rotation:15,zoom:0.2,shear:0.2,brightness:0.3,contrast:0.4,saturation:0.5,hue:0.1,cutout:10,mixup:1,cutmix:1,randAugment'
/** Grey pictures have no colours to change. */
const ofColours = ['saturation', 'hue']

/** Does what `fovea explain augmentation` is asked for. */
export async function explainAugmentation(
  dataset: string,
  options: ExplainAugmentationOptions,
  io: CliIo,
): Promise<void> {
  const theme = checkTheme(options.theme)
  if (options.output !== undefined) checkOutput(options.output, {})
  const steps = askedFor(options)
  if (options.output === undefined) return io.out(inWords(steps ?? parseAugmentation(catalogue)))
  const data = await loadData(await sourceOf(dataset, options), io)
  const drawing = drawAugmented(await sheetOf(data, steps, options))
  await writeOutput(io, options.output, { drawing: () => drawing }, theme)
  io.out(drawing.description)
}

/** Null: nothing in particular. */
function askedFor({ augment, recipe }: ExplainAugmentationOptions): AugmentStep[] | null {
  if (augment !== undefined && recipe !== undefined)
    throw new OptionError('--augment and --recipe cannot both be shown.', 'Leave one of them out.')
  if (augment !== undefined) return parseAugmentation(augment)
  return recipe === undefined ? null : augmentationFromConfig(recipeFromName(recipe).fit.augment)
}

function sheetOf(
  { train, classNames }: Dataset,
  steps: AugmentStep[] | null,
  { pictures = 6, epochs, seed }: ExplainAugmentationOptions,
): Promise<AugmentedPictures> {
  const x = train.x.slice(0, pictures).load()
  const y = train.y.slice(0, pictures)
  const options = { classNames, ...(epochs !== undefined && { epochs }), ...(seed !== undefined && { seed }) }
  if (steps) return augmentedPictures(x, y, steps, options)
  const isGrey = x.shape[3] !== 3
  const fitting = parseAugmentation(catalogue).filter(({ name }) => !isGrey || !ofColours.includes(name))
  return augmentationCatalogue(x, y, fitting, options)
}

/** Each step with its options, and how to see it. */
function inWords(steps: readonly AugmentStep[]): string {
  if (steps.length === 0) return 'Pictures stay as they are.'
  const rows = steps.map(({ name, ...options }) => [
    name,
    Object.entries(options)
      .map(([option, value]) => `${option} ${value}`)
      .join(', '),
  ])
  return `${formatTable(['augmentation', 'options'], rows, ['left', 'left'])}\n\nSee it: add -o sheet.html`
}
