import { OptionError } from '../../src/base/errors.js'
import { wholeNumber } from '../../src/cli/options.js'
import { networkFromName, type Recipe, recipeFromName } from '../../src/recipes/index.js'
import { parseOptions } from '../parse-options.js'
import { type Variant, variants } from './variants.js'

export interface AblationArguments {
  readonly recipe: Recipe
  /** A folder with CIFAR-10's files; null: the cache, or a download. */
  readonly data: string | null
  readonly seeds: number
  readonly variants: readonly Variant[]
  readonly help: boolean
}

export const usage = `npm run bench:ablation -- [options]

Trains a recipe on the first 30,000 pictures of CIFAR-10, again and again with one thing changed, and measures the
10,000 behind them.

  --recipe NAME     what is changed (default strong)
  --network NAME    its network, where it is not to be the recipe's own
  --epochs N        how long each is trained, instead of the recipe's epochs
  --batch-size N    pictures in a step, instead of the recipe's
  --seeds N         trainings of each variant (default 1)
  --only TEXT       only variants with this in their name, and the whole recipe; "a|b" for several
  --data DIR        folder with the official files
  --help            this text`

export function parseAblationArguments(list: readonly string[]): AblationArguments {
  const values = parseOptions('bench:ablation', list, options)
  return {
    recipe: changedRecipe(values),
    data: values.data ?? null,
    seeds: wholeNumber('--seeds', 1, '3')(values.seeds ?? '1'),
    variants: values.only === undefined ? variants : chosen(values.only),
    help: values.help ?? false,
  }
}

const options = {
  recipe: { type: 'string' },
  network: { type: 'string' },
  epochs: { type: 'string' },
  'batch-size': { type: 'string' },
  seeds: { type: 'string' },
  only: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean' },
} as const

interface Changes {
  readonly recipe?: string | undefined
  readonly network?: string | undefined
  readonly epochs?: string | undefined
  readonly 'batch-size'?: string | undefined
}

function changedRecipe({ recipe: name = 'strong', network, epochs, ...values }: Changes): Recipe {
  const recipe = recipeFromName(name)
  const batchSize = values['batch-size']
  return {
    ...recipe,
    ...(network !== undefined && { network: chainFromName(network) }),
    fit: {
      ...recipe.fit,
      ...(epochs !== undefined && { epochs: wholeNumber('--epochs', 1, '2')(epochs) }),
      ...(batchSize !== undefined && { batchSize: wholeNumber('--batch-size', 1, '64')(batchSize) }),
    },
  }
}

function chainFromName(name: string): Recipe['network'] {
  const network = networkFromName(name)
  if ('layers' in network) return network
  throw new OptionError(`bench:ablation: network "${name}" has branches.`, 'Name a chain of layers.')
}

function chosen(text: string): readonly Variant[] {
  const wanted = text.toLowerCase().split('|')
  const [whole, ...rest] = variants
  const found = rest.filter(({ name }) => wanted.some(part => name.toLowerCase().includes(part)))
  if (found.length > 0) return [whole!, ...found]
  throw new OptionError(
    `bench:ablation: no variant has "${text}" in its name.`,
    `There are: ${rest.map(({ name }) => name).join('; ')}.`,
  )
}
