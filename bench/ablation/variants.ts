import type { Layer } from '../../src/nn/layer.js'
import { conv2d, PatchWhitening } from '../../src/nn/layers/index.js'
import { layerFromConfig } from '../../src/nn/registry.js'
import type { Recipe } from '../../src/recipes/index.js'

/** A recipe with one thing changed. */
export interface Variant {
  readonly name: string
  readonly change: (recipe: Recipe) => Recipe
}

const withOptimizer =
  (options: Readonly<Record<string, unknown>>) =>
  (recipe: Recipe): Recipe => ({
    ...recipe,
    compile: { ...recipe.compile, optimizer: { ...recipe.compile.optimizer, ...options } },
  })

const otherOptimizer =
  (optimizer: Recipe['compile']['optimizer']) =>
  (recipe: Recipe): Recipe => ({ ...recipe, compile: { ...recipe.compile, optimizer } })

const withLoss =
  (labelSmoothing: number) =>
  (recipe: Recipe): Recipe => ({
    ...recipe,
    compile: { ...recipe.compile, loss: { name: 'categoricalCrossentropy', labelSmoothing } },
  })

const withAugment =
  (change: (augment: Recipe['fit']['augment']) => Recipe['fit']['augment']) =>
  (recipe: Recipe): Recipe => ({ ...recipe, fit: { ...recipe.fit, augment: change(recipe.fit.augment) } })

const withLayers =
  (change: (layer: Layer) => Layer) =>
  (recipe: Recipe): Recipe => {
    const { network } = recipe
    return {
      ...recipe,
      network: {
        ...network,
        layers: (inputShape, classes) => network.layers(inputShape, classes).map(change),
      },
    }
  }

/** A layer with other options, where it has them. */
const withOption =
  (option: string, value: unknown) =>
  (layer: Layer): Layer =>
    option in layer.options ? layerFromConfig(layer.className, { ...layer.options, [option]: value }) : layer

/** A convolution of the same shape that has to be learned. */
const learned = (layer: Layer): Layer =>
  layer instanceof PatchWhitening
    ? conv2d({ filters: 24, kernelSize: 2, activation: layer.options.activation as never })
    : layer

const relu = (layer: Layer): Layer =>
  JSON.stringify(layer.options).includes('"gelu"') ? withOption('activation', 'relu')(layer) : layer

function withoutLookahead(recipe: Recipe): Recipe {
  const { lookahead: _, ...optimizer } = recipe.compile.optimizer
  return otherOptimizer(optimizer)(recipe)
}

/** One thing taken away, or exchanged, at a time; what a recipe does not have makes no difference to it. */
export const variants: readonly Variant[] = [
  { name: 'the whole recipe', change: recipe => recipe },
  { name: 'first layer learned, not whitening', change: withLayers(learned) },
  {
    name: 'Glorot instead of Dirac initialisation',
    change: withLayers(withOption('kernelInitializer', 'glorotUniform')),
  },
  { name: 'relu instead of gelu', change: withLayers(relu) },
  {
    name: 'random instead of alternating flips',
    change: withAugment(steps =>
      steps.map(step => (step.name === 'alternatingFlip' ? { name: 'flip' } : step)),
    ),
  },
  {
    name: 'no flips',
    change: withAugment(steps => steps.filter(({ name }) => !/flip/i.test(name))),
  },
  { name: 'no shifts', change: withAugment(steps => steps.filter(({ name }) => name !== 'shift')) },
  {
    name: 'cutout of 8 × 8 pixels added',
    change: withAugment(steps => [...steps, { name: 'cutout', size: 8 }]),
  },
  { name: 'mixup added', change: withAugment(steps => [...steps, { name: 'mixup' }]) },
  { name: 'no label smoothing', change: withLoss(0) },
  { name: 'no weight decay', change: withOptimizer({ weightDecay: 0, groups: [] }) },
  { name: 'biases at the rate of all', change: withOptimizer({ groups: [] }) },
  { name: 'no lookahead', change: withoutLookahead },
  { name: 'no Nesterov', change: withOptimizer({ nesterov: false }) },
  { name: 'momentum 0.9', change: withOptimizer({ momentum: 0.9 }) },
  { name: 'half the rate', change: recipe => withOptimizer(scaledRate(recipe, 0.5))(recipe) },
  { name: 'twice the rate', change: recipe => withOptimizer(scaledRate(recipe, 2))(recipe) },
  {
    name: 'cosine instead of one cycle',
    change: recipe => withOptimizer({ learningRate: { name: 'cosine', from: peakOf(recipe) } })(recipe),
  },
  { name: 'a constant rate', change: recipe => withOptimizer({ learningRate: peakOf(recipe) / 4 })(recipe) },
  {
    name: 'Adam, one cycle to 0.005',
    change: otherOptimizer({ name: 'adam', learningRate: { name: 'oneCycle', peak: 0.005 } }),
  },
  {
    name: 'Muon, one cycle to 0.05',
    change: otherOptimizer({ name: 'muon', learningRate: { name: 'oneCycle', peak: 0.05 } }),
  },
]

const scaledRate = (recipe: Recipe, factor: number) => ({
  learningRate: { name: 'oneCycle', peak: factor * peakOf(recipe) },
})

/** The highest rate of a recipe's one cycle. */
function peakOf(recipe: Recipe): number {
  const { peak } = recipe.compile.optimizer.learningRate as { readonly peak?: number }
  if (peak === undefined) throw new Error(`Recipe "${recipe.name}" has no one cycle.`)
  return peak
}
