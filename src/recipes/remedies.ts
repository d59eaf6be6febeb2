import { OptionError } from '../base/errors.js'
import { unknownName } from '../base/nearest.js'
import type { Shape } from '../base/shape.js'
import type { Layer } from '../nn/layer.js'
import type { BranchedModel, NamedModel } from '../nn/models.js'
import { knownName } from '../nn/names.js'
import { type Network, sequential } from '../nn/network.js'
import { withBatchNormalization, withDropout, withL2 } from '../nn/remedies/remedies.js'
import type { AugmentConfig } from '../train/augmentation/step.js'

/** Something done against overfitting: to the network, to its pictures, or to when training ends. */
export interface Remedy {
  readonly name: string
  /** One line for lists and tables. */
  readonly description: string
  readonly layers?: (layers: readonly Layer[]) => Layer[]
  readonly augment?: readonly AugmentConfig[]
  /** Training ends after so many epochs without a lower validation loss, and keeps the weights of the best. */
  readonly patience?: number
}

/** Every remedy, in the order in which they are applied. */
export const remedies: readonly Remedy[] = [
  {
    name: 'batchNorm',
    description: 'batch normalisation between every convolution and its activation',
    layers: withBatchNormalization,
  },
  {
    name: 'dropout',
    description: 'dropout: 0.25 behind every pooling, 0.5 before the answer',
    layers: withDropout,
  },
  {
    name: 'l2',
    description: 'an L2 penalty of 0.0005 on all kernels',
    layers: withL2,
  },
  {
    name: 'augmentation',
    description: 'pictures mirrored at random and moved by up to 3 pixels',
    augment: [
      { name: 'flip', p: 0.5 },
      { name: 'shift', pixels: 3 },
    ],
  },
  {
    name: 'earlyStopping',
    description: 'early stopping after 3 epochs without a lower validation loss',
    patience: 3,
  },
]

export const remedyNames: readonly string[] = remedies.map(({ name }) => name)

/**
 * Those of the given names, in the order in which they are applied. Other spellings are understood (`batch-norm`), for
 * unknown names the nearest is offered.
 */
export function remediesFromNames(names: readonly string[]): Remedy[] {
  const known = names.map(name => knownRemedy(name, remedyNames))
  return remedies.filter(({ name }) => known.includes(name))
}

/** The one of `among` that is spelled so. */
export function knownRemedy(given: string, among: readonly string[]): string {
  const known = knownName(given, among)
  if (known === undefined) throw unknownName('remedy', given, among)
  return known
}

/** What the remedies make of a network's layers. */
export const treated = (layers: readonly Layer[], treatment: readonly Remedy[]): Layer[] =>
  treatment.reduce<Layer[]>((treated, remedy) => remedy.layers?.(treated) ?? treated, [...layers])

/** A named network as the remedies make it, for pictures of `inputShape` `[H, W, C]` and that many classes. */
export function treatedNetwork(
  model: NamedModel | BranchedModel,
  treatment: readonly Remedy[],
  inputShape: Shape,
  classes: number,
): Network {
  checkTreatment(model, treatment)
  return 'layers' in model
    ? sequential(treated(model.layers(inputShape, classes), treatment))
    : model.network(inputShape, classes)
}

/** Whether a remedy finds layers to change in a network: there is none for batch normalisation without convolutions. */
export function findsLayers(model: NamedModel | BranchedModel, { layers }: Remedy): boolean {
  if (!layers || !('layers' in model)) return true
  const before = model.layers([32, 32, 3], 10)
  const after = layers(before)
  return after.length !== before.length || after.some((layer, place) => layer !== before[place])
}

/** Refuses remedies that would do nothing, in silence. */
export function checkUse(model: NamedModel | BranchedModel, treatment: readonly Remedy[]): void {
  const idle = treatment.find(remedy => !findsLayers(model, remedy))
  if (!idle) return
  throw new OptionError(
    `Remedy "${idle.name}" (${idle.description}) finds no such layer in network "${model.name}".`,
    'Leave it out, or choose a network with convolutions: --model tutorial.',
  )
}

const unchanging = remedies.filter(({ layers }) => layers === undefined).map(({ name }) => name)

/** Refuses remedies that change layers of a network with branches. */
export function checkTreatment(model: NamedModel | BranchedModel, treatment: readonly Remedy[]): void {
  const changing = treatment.find(changesLayers)
  if ('layers' in model || !changing) return
  throw new OptionError(
    `Remedy "${changing.name}" changes a chain of layers, but network "${model.name}" has branches.`,
    `Leave it out (of "fovea remedies" with --only none,${unchanging.join(',')}), or choose a network without branches, for example tutorial.`,
  )
}

/** Whether a remedy is done to the network itself. */
export const changesLayers = ({ layers }: Remedy): boolean => layers !== undefined
