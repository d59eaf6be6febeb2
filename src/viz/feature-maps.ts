import { type Half, halfWidth, halves, headingHeight, panelHeading, panelWidth } from './before-after.js'
import { crossOut } from './contact-sheet.js'
import { type DeadFilters, type DeadOptions, deadMeaning, deadNote } from './filters.js'
import { layOutMaps, mapSheet } from './map-sheet.js'
import type { Pixels } from './png/encode-png.js'
import { beside, Drawing, stacked } from './svg/drawing.js'
import { picture } from './svg/picture.js'
import { labels, wrapText } from './svg/text.js'

/** The maps of a layer at one time. */
export interface ShownMaps {
  readonly tones: { readonly bytes: Uint8Array }
  /** How numbers became tones: `Shifted by 118; 0.4 % cut off.` */
  readonly note: string
  /** The maps that are 0 everywhere. */
  readonly silent: readonly number[]
}

/** What a layer makes of a picture, as `explain.featureMaps` gives it. */
export interface LayerMaps {
  readonly layer: string
  readonly className: string
  readonly shape: readonly number[]
  /** [h, w, K] */
  readonly grid: readonly [height: number, width: number, maps: number]
  readonly before: ShownMaps | null
  readonly after: ShownMaps
}

export interface FeatureMaps {
  readonly picture: Pixels
  /** What the tones of all layers have in common. */
  readonly sentence: string
  readonly layers: readonly LayerMaps[]
}

export interface FeatureMapsOptions extends DeadOptions {
  /** What the picture shows: `test picture 1, a cat`. */
  readonly caption?: string
  /** `row`: panels in two columns. `column`: below each other, for narrow screens. Default row. */
  readonly arrange?: 'row' | 'column'
}

/** A picture and what every layer makes of it. */
export function drawFeatureMaps(maps: FeatureMaps, options: FeatureMapsOptions = {}): Drawing {
  const { arrange = 'row', dead, caption = '' } = options
  const panels = [
    pictureDrawing(maps, caption, dead),
    ...maps.layers.map(layer => drawLayerMaps(layer, options)),
  ]
  const title = `Feature maps of ${maps.layers.length === 1 ? 'one layer' : `${maps.layers.length} layers`}`
  if (arrange === 'column' || panels.length < 3) return stacked(panels, { title, gap: 14 })
  const columns = inTwoColumns(panels).map(column => stacked(column, { title, gap: 14 }))
  return beside(columns, { title, description: describeAll(panels), gap: 24 })
}

const describeAll = (panels: readonly Drawing[]): string =>
  panels.map(({ description }) => description).join(' ')

/** Cut where the higher of both columns is lowest. */
function inTwoColumns(panels: readonly Drawing[]): readonly (readonly Drawing[])[] {
  const height = (part: readonly Drawing[]) => part.reduce((sum, panel) => sum + panel.height, 0)
  const cuts = panels.slice(1).map((_, i) => {
    const columns = [panels.slice(0, i + 1), panels.slice(i + 1)] as const
    return { columns, height: Math.max(height(columns[0]), height(columns[1])) }
  })
  return cuts.reduce((best, cut) => (cut.height < best.height ? cut : best)).columns
}

/** The picture, and what the tones of all layers have in common. */
function pictureDrawing(
  { picture: pixels, sentence }: FeatureMaps,
  caption: string,
  dead: FeatureMapsOptions['dead'],
): Drawing {
  const side = 112
  const height = Math.min(2 * side, (side * pixels.height) / pixels.width)
  const [anyDead] = dead?.values() ?? []
  const lines = wrapText(anyDead ? `${sentence} ${deadMeaning(anyDead)}` : sentence, panelWidth - side - 40, {
    size: 11,
  })
  return new Drawing({
    width: panelWidth,
    height: headingHeight + height + 14,
    title: 'The picture',
    description: `${caption === '' ? 'A picture' : `The picture is ${caption}`}, ${pixels.width}×${pixels.height}.`,
    body: [
      panelHeading('picture', `${pixels.height}×${pixels.width}×${pixels.channels}`),
      picture(12, headingHeight + 4, side, height, pixels),
      labels(
        12 + side + 16,
        headingHeight + 16,
        [...wrapText(caption, panelWidth - side - 40, { size: 11 })],
        {
          size: 11,
        },
      ),
      labels(12 + side + 16, headingHeight + 36, lines, { size: 11, ink: 'muted' }),
    ].join(''),
  })
}

/** What one layer makes of a picture, before and after training; dead filters are crossed out. */
export function drawLayerMaps(maps: LayerMaps, options: DeadOptions = {}): Drawing {
  const { layer, className, shape, before, after } = maps
  const dead = options.dead?.get(layer) ?? null
  const count = before ? 2 : 1
  const parts = [
    ...(before
      ? [half('before training', maps, before, dead && { ...dead, after: dead.before ?? [] }, count)]
      : []),
    half(before ? 'after training' : 'as it is', maps, after, dead, count),
  ]
  const { body, bottom } = halves(headingHeight + 4, parts)
  return new Drawing({
    width: panelWidth,
    height: bottom + 6,
    title: `What "${layer}" makes of the picture`,
    description: describe(maps, dead),
    body: panelHeading(layer, `${className} · ${shape.join('×')}`) + body,
  })
}

function half(
  title: string,
  { grid }: LayerMaps,
  { tones, note, silent }: ShownMaps,
  dead: DeadFilters | null,
  halfCount: number,
): Half {
  const layout = layOutMaps(grid, halfWidth(halfCount))
  return {
    title,
    height: layout.height,
    body: (x, y) =>
      mapSheet(x, y, layout, { grid, bytes: tones.bytes }) +
      (dead?.after ?? []).map(map => crossOut(x, y, layout, map)).join(''),
    notes: [note, silentNote(silent.length, grid), ...(dead ? [deadNote(dead.after.length, grid[2])] : [])],
  }
}

const silentNote = (silent: number, [height, width, maps]: LayerMaps['grid']): string =>
  height * width === 1
    ? `0 here: ${silent} of ${maps} units.`
    : `0 everywhere here: ${silent} of ${maps} maps.`

function describe({ layer, shape, grid, before, after }: LayerMaps, dead: DeadFilters | null): string {
  const when = (name: string, { note, silent }: ShownMaps) =>
    `${name}: ${note} ${silentNote(silent.length, grid)}`
  const what = `"${layer}" makes ${shape.join('×')} of it.`
  const deadText = dead ? `${deadNote(dead.after.length, grid[2])} ${deadMeaning(dead)}` : ''
  return [
    what,
    before ? when('Before training', before) : '',
    when(before ? 'After' : 'Now', after),
    deadText,
  ]
    .filter(Boolean)
    .join(' ')
}
