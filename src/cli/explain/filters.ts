import { type Activities, deadByLayer } from '../../explain/activities.js'
import { type FirstFilters, firstConvolution, firstFilters } from '../../explain/filters.js'
import { drawFilters } from '../../viz/filters.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { activityCells, activityTitles, formatActivities } from './activity-table.js'
import {
  activitiesOf,
  openSeenModel,
  type SeenModel,
  type SeenModelOptions,
  sayWhetherBegun,
} from './seen-model.js'

/** Does what `fovea explain filters` is asked for. */
export async function explainFilters(path: string, options: SeenModelOptions, io: CliIo): Promise<void> {
  const theme = checkTheme(options.theme)
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
    const output = {
      drawing: () => drawing,
      csv: () => csvOf(activityTitles, activities ? activityCells(activities) : []),
      json: () => ({ ...activities, filters: factsOf(filtersOf(seen)) }),
    }
    await writeOutput(io, options.output, output, theme)
  }
  io.out(drawing.description)
}

const filtersOf = ({ model, before }: SeenModel): FirstFilters => firstFilters(model, { before })

/** Everything but the pixels, which are rounded weights. */
const factsOf = ({ filters, ...sheet }: FirstFilters) => ({
  ...sheet,
  moved: filters.map(({ moved }) => moved),
})

const drawingOf = (seen: SeenModel, activities: Activities | null): Drawing =>
  drawFilters(filtersOf(seen), activities ? { dead: deadByLayer(activities) } : {})
