import type { Network } from '../nn/network.js'
import type { Augmentation } from './augmentation/augmentation.js'
import type { Compiled } from './compile.js'
import { recordTraining, type StepGraph, type StepKind } from './step.js'

/** A step beside the usual kinds: how it is recorded, and the key under which its program is kept. */
export interface StepRecipe {
  /** Steps of one key compute the same. */
  readonly key: string
  /** For messages: `a training step`. */
  readonly what: string
  readonly record: (rows: number) => StepGraph
}

/** The step that trains: with augmentation it is one of its own. */
export const trainStep = (
  network: Network,
  compiled: Compiled,
  augmentation: Augmentation | null,
): StepKind | StepRecipe =>
  augmentation
    ? {
        key: `train/${augmentation.key}`,
        what: 'a training step',
        record: rows => recordTraining(network, compiled, rows, augmentation),
      }
    : 'train'
