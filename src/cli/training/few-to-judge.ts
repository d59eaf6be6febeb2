import type { Dataset } from '../../data/dataset.js'
import type { BestRule } from '../../train/callbacks/best-rule.js'
import type { TrainSettings } from './settings.js'
import { trainingParts } from './training-parts.js'

/** With fewer validation pictures than so many, an epoch that has learned nothing yet can have the lowest loss by chance. */
export const fewToJudge = 20

/** The share of the epochs, at the end, among which so few may still choose. */
const lastShare = 0.25

/**
 * How the best epoch is chosen where a folder has few validation pictures: among those of the last quarter. One picture of two that is
 * taken for another with great confidence costs more than not knowing anything. Null: among all.
 */
export function ruleOfFew(settings: TrainSettings, dataset: Dataset): BestRule | null {
  const { folder, epochs, earlyStopping } = settings
  if (folder === null || epochs === null || earlyStopping !== null) return null
  const rows = trainingParts(dataset, settings).validation?.x.rows ?? 0
  if (rows === 0 || rows >= fewToJudge) return null
  const startFromEpoch = Math.floor((1 - lastShare) * epochs)
  return { monitor: 'val_loss', mode: 'min', minDelta: 0, startFromEpoch }
}
