import { formatShape } from '../../base/shape.js'
import { type Activities, deadByLayer } from '../../explain/activities.js'
import { type FeatureMaps, featureMaps, type LayerMaps } from '../../explain/feature-maps.js'
import type { ToneRule } from '../../explain/tones.js'
import { drawingPage } from '../../report/drawing-page.js'
import { drawFeatureMaps } from '../../viz/feature-maps.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, type Output, writeOutput } from '../output.js'
import { formatTable } from '../table.js'
import { checkTheme } from '../theme.js'
import { formatRange } from './activity-table.js'
import { activitiesOf, openSeenModel, sayWhetherBegun } from './seen-model.js'
import { type SeenPicture, type SeenPictureOptions, seenPictures } from './seen-picture.js'

export interface ExplainFeaturesOptions extends SeenPictureOptions {
  readonly layer?: readonly string[]
  /** Checked by `toTones`. */
  readonly tones?: ToneRule
}

/** Does what `fovea explain features` is asked for. */
export async function explainFeatures(
  path: string,
  picture: string | null,
  options: ExplainFeaturesOptions,
  io: CliIo,
): Promise<void> {
  const { layer, tones, threads, output } = options
  const theme = checkTheme(options.theme)
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const seen = await openSeenModel(path, options, io)
  sayWhetherBegun(seen, io)
  const [shown] = await seenPictures(picture === null ? [] : [picture], seen, options, io)
  const maps = await featureMaps(seen.model, shown!.x, {
    before: seen.before,
    ...(layer && { layers: layer }),
    ...(tones && { tones }),
    ...(threads !== undefined && { threads }),
  })
  const dead = await activitiesOf(seen, options, io, picture === null)
  if (output === undefined) io.out(`${shown!.caption}\n\n${formatMaps(maps, dead)}`)
  else {
    await writeOutput(io, output, outputOf(maps, dead, shown!), theme)
    io.out(sentenceOn(maps, shown!))
  }
}

function outputOf(maps: FeatureMaps, activities: Activities | null, shown: SeenPicture): Output {
  const { caption } = shown
  const drawn = (arrange: 'row' | 'column') =>
    drawFeatureMaps(maps, { caption, arrange, ...(activities && { dead: deadByLayer(activities) }) })
  return {
    drawing: () => drawn('row'),
    html: () => drawingPage(drawn('row'), { lead: sentenceOn(maps, shown), narrow: drawn('column') }),
    csv: () => csvOf(csvTitles, maps.layers.map(csvCells)),
    json: () => ({ caption, layers: maps.layers.map(factsOf) }),
  }
}

/** How many layers there are to see, and how much of the last of them is 0. */
function sentenceOn({ layers }: FeatureMaps, { caption }: SeenPicture): string {
  const last = layers.at(-1)
  const silent = last ? ` In "${last.layer}" ${last.after.silent.length} of ${last.grid[2]} are 0.` : ''
  return `What ${layers.length === 1 ? '1 layer makes' : `${layers.length} layers make`} of ${caption}.${silent}`
}

function formatMaps({ layers }: FeatureMaps, activities: Activities | null): string {
  const dead = activities && deadByLayer(activities)
  const known = layers.every(({ before }) => before)
  const titles = ['layer', 'shape', ...(known ? ['values before'] : []), 'values', '0 everywhere']
  const table = formatTable(
    [...titles, ...(dead ? ['dead'] : []), 'tones'],
    layers.map(({ layer, shape, grid, before, after }) => [
      layer,
      formatShape(shape),
      ...(known ? [formatRange(before!.range)] : []),
      formatRange(after.range),
      `${after.silent.length} of ${grid[2]}`,
      ...(dead ? [String(dead.get(layer)?.after.length ?? '–')] : []),
      after.note,
    ]),
    [
      'left',
      'left',
      ...(known ? ['right' as const] : []),
      'right',
      'right',
      ...(dead ? ['right' as const] : []),
      'left',
    ],
  )
  return activities
    ? `${table}\n\ndead: 0 everywhere on ${activities.pictures} test pictures, after training`
    : table
}

const csvTitles = [
  'layer',
  'class',
  'shape',
  'maps',
  'low',
  'high',
  'zeroMaps',
  'unit',
  'shift',
  'cutBelow',
  'cutAbove',
]

const csvCells = ({ layer, className, shape, grid, after }: LayerMaps): (string | number)[] => [
  layer,
  className,
  formatShape(shape),
  grid[2],
  ...after.range,
  after.silent.length,
  after.unit ?? '',
  after.tones.shift ?? '',
  after.tones.cutBelow,
  after.tones.cutAbove,
]

/** Everything but the tones of each pixel. */
function factsOf({ before, after, ...layer }: LayerMaps) {
  const facts = (maps: typeof after) => {
    const { bytes: _, ...tones } = maps.tones
    return { ...maps, tones }
  }
  return { ...layer, before: before && facts(before), after: facts(after) }
}
