import { unknownName } from '../base/nearest.js'
import { type BranchedModel, branchedModels, type NamedModel, namedModels } from '../nn/models.js'
import { quick } from './quick.js'
import type { Recipe } from './recipe.js'
import { record } from './record.js'
import { strong } from './strong.js'
import { tutorial } from './tutorial.js'
import { tutorialMended } from './tutorial-mended.js'
import { tutorialQuick } from './tutorial-quick.js'

export type { Recipe } from './recipe.js'

/** Every recipe: those of the tutorial's network, then those of networks that learn sooner. */
export const recipes: readonly Recipe[] = [tutorial, tutorialQuick, tutorialMended, quick, strong, record]

export const recipeNames: readonly string[] = recipes.map(({ name }) => name)

/** The recipe of that name; for unknown names the nearest is offered. */
export function recipeFromName(name: string): Recipe {
  const recipe = recipes.find(candidate => candidate.name === name)
  if (recipe) return recipe
  throw unknownName('recipe', name, recipeNames)
}

/** Every network with a name: those that stand alone, then those of recipes. Recipes may share one. */
export const networks: readonly (NamedModel | BranchedModel)[] = [
  ...new Set([...namedModels, ...branchedModels, ...recipes.map(({ network }) => network)]),
]

/** The network of that name; for unknown names the nearest is offered. */
export function networkFromName(name: string): NamedModel | BranchedModel {
  const network = networks.find(candidate => candidate.name === name)
  if (network) return network
  throw unknownName(
    'model',
    name,
    networks.map(candidate => candidate.name),
  )
}
