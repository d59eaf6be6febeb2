import { formatPercent } from '../../base/format.js'
import { formatShape } from '../../base/shape.js'
import type { Activities } from '../../explain/activities.js'
import type { LayerActivity } from '../../explain/dead-filters.js'
import { formatTable } from '../table.js'

/** Layer by layer: sizes, the range of numbers, and how many filters are dead. */
export function formatActivities(activities: Activities): string {
  const { before, after } = activities
  const titles = ['layer', 'shape', 'filters', 'values', ...(before ? ['dead before'] : []), 'dead after']
  return formatTable(
    titles,
    after.map((layer, i) => [
      layer.layer,
      formatShape(layer.shape),
      String(layer.filters),
      formatRange(layer.range),
      ...(before ? [formatDead(before[i]!)] : []),
      formatDead(layer),
    ]),
    ['left', 'left', 'right', 'right', 'right', 'right'],
  )
}

export const activityTitles = [
  'layer',
  'class',
  'shape',
  'filters',
  'low',
  'high',
  'deadBefore',
  'deadAfter',
] as const

/** The same as cells of a file; what is not known is empty. */
export const activityCells = ({ before, after }: Activities): (string | number)[][] =>
  after.map(({ layer, className, shape, filters, range, dead }, i) => [
    layer,
    className,
    formatShape(shape),
    filters,
    ...range,
    before?.[i]?.dead?.length ?? '',
    dead?.length ?? '',
  ])

/** `-0.12 … 3.4` */
export const formatRange = ([low, high]: readonly [number, number]): string =>
  `${formatValue(low)} … ${formatValue(high)}`

const formatValue = (value: number): string => String(Number(value.toPrecision(3)))

/** `7 (10.9 %)`; `–` for a layer without relu. */
const formatDead = ({ dead, filters }: LayerActivity): string =>
  dead === null ? '–' : dead.length === 0 ? '0' : `${dead.length} (${formatPercent(dead.length / filters)})`
