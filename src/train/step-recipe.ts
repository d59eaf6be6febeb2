import type { Network } from '../nn/network.js'
import type { Compiled } from './compile.js'
import { recordTraining, type StepGraph, type StepKind, type TrainingVariant } from './step.js'

/** A step beside the usual kinds: how it is recorded, and the key under which its program is kept. */
export interface StepRecipe {
  /** Steps of one key compute the same. */
  readonly key: string
  /** For messages: `a training step`. */
  readonly what: string
  readonly record: (rows: number) => StepGraph
}

/** The step that trains: with augmentation or class weights it is one of its own. */
export const trainStep = (
  network: Network,
  compiled: Compiled,
  variant: TrainingVariant,
): StepKind | StepRecipe =>
  variant.augmentation || variant.classWeight
    ? {
        key: `train/${JSON.stringify([variant.augmentation?.key, variant.classWeight])}`,
        what: 'a training step',
        record: rows => recordTraining(network, compiled, rows, variant),
      }
    : 'train'
