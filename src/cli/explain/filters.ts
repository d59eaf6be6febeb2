import { firstConvolution, firstFilters } from '../../explain/filters.js'
import { filtersDrawing } from '../../viz/filters.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, writeOutput } from '../output.js'
import { activityCells, activityTitles, formatActivities } from './activity-table.js'
import {
  type Activities,
  activitiesOf,
  deadByLayer,
  openSeenModel,
  type SeenModel,
  type SeenModelOptions,
  sayWhetherBegun,
} from './seen-model.js'

export interface ExplainFiltersOptions extends SeenModelOptions {
  readonly output?: string
}

/** Does what `fovea explain filters` is asked for. */
export async function explainFilters(path: string, options: ExplainFiltersOptions, io: CliIo): Promise<void> {
  if (options.output !== undefined) checkOutput(options.output, { csv: true, json: true })
  const seen = await openSeenModel(path, options, io)
  sayWhetherBegun(seen, io)
  firstConvolution(seen.file.network) // refuses a network that has none before anything is computed
  const activities = await activitiesOf(seen, options, io)
  const drawing = drawingOf(seen, activities)
  if (options.output === undefined) {
    if (activities)
      io.out(`${path} on ${activities.pictures} test pictures\n\n${formatActivities(activities)}\n`)
  } else {
    await writeOutput(io, options.output, {
      drawing: () => drawing,
      csv: () => csvOf(activityTitles, activities ? activityCells(activities) : []),
      json: () => ({ ...activities, filters: filtersOf(seen) }),
    })
  }
  io.out(drawing.description)
}

const filtersOf = ({ file, model, before }: SeenModel) =>
  firstFilters(file.network, model.getWeights(), before?.getWeights() ?? null)

function drawingOf(seen: SeenModel, activities: Activities | null) {
  const filters = filtersOf(seen)
  const dead = activities && deadByLayer(activities).get(filters.layer)
  return filtersDrawing(filters, dead ?? null)
}
