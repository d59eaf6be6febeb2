import type { Rows } from '../base/rows.js'
import type { Model } from '../train/model.js'
import { type LayerActivity, layerActivity } from './dead-filters.js'

/** What all layers make of some pictures, before and after training. */
export interface Activities {
  readonly pictures: number
  /** Null where the first weights are not known. */
  readonly before: readonly LayerActivity[] | null
  readonly after: readonly LayerActivity[]
}

/** The filters of a layer that gave 0 everywhere on some pictures, by number. */
export interface DeadFilters {
  readonly pictures: number
  readonly before: readonly number[] | null
  readonly after: readonly number[]
}

export interface ActivitiesOptions {
  /** How many pictures to look at: the first of `x`. Default 500. */
  readonly pictures?: number
  /** The same network before training; null or left out where its weights are not known. */
  readonly before?: Model | null
  readonly threads?: number
}

/** What all layers make of the first pictures of `x` [N, …inputShape]. */
export async function measureActivities(
  model: Model,
  x: Rows,
  { pictures = 500, before = null, ...threads }: ActivitiesOptions = {},
): Promise<Activities> {
  const options = { pictures, ...threads }
  return {
    pictures: Math.min(pictures, x.rows),
    before: before && (await layerActivity(before, x, options)),
    after: await layerActivity(model, x, options),
  }
}

/** The dead filters of each layer that can have such, by its name. */
export const deadByLayer = ({ pictures, before, after }: Activities): Map<string, DeadFilters> =>
  new Map(
    after.flatMap(({ layer, dead }, i) =>
      dead ? [[layer, { pictures, before: before?.[i]?.dead ?? null, after: dead }] as const] : [],
    ),
  )
