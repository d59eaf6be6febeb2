import { columnsFor, type SheetLayout, type SheetRequest, sheetOf } from './contact-sheet.js'
import type { Pixels } from './png/encode-png.js'
import { el, group, short } from './svg/element.js'
import { picture } from './svg/picture.js'
import { paint } from './svg/theme.js'

/** The maps of a layer as bytes [height, width, maps], the maps innermost. */
export interface MapBytes {
  readonly grid: readonly [height: number, width: number, maps: number]
  readonly bytes: Uint8Array
}

/** Above this a pixel is so large that a thin line over a seam takes little of it. */
const largePixel = 4

/** Units between two maps. */
const wantedGap = 2

/** A sheet whose gaps are whole pixels, so that one embedded picture can hold all maps. */
export function layOutMaps([high, wide, count]: MapBytes['grid'], width: number): SheetLayout {
  const request: SheetRequest = { count, size: [wide, high], width, largest: 44 }
  const columns = columnsFor(request)
  const gapPixels = gapBetween(wide, Math.min(width / columns, request.largest))
  const pixel = Math.min(width / (columns * (wide + gapPixels) - gapPixels), request.largest / wide)
  return sheetOf(request, columns, wide * pixel, gapPixels * pixel)
}

function gapBetween(wide: number, cell: number): number {
  const pixel = cell / wide
  return pixel > largePixel ? 0 : Math.max(1, Math.round(wantedGap / pixel))
}

/** All maps as one embedded picture: a file head for each would be most of what is stored. */
export function mapSheet(x: number, y: number, layout: SheetLayout, maps: MapBytes): string {
  const { width, height } = layout
  return group(
    x,
    y,
    picture(0, 0, width, height, tiled(maps, layout)),
    el('path', { d: restOf(layout), ...paint({ fill: 'paper' }) }),
    el('path', {
      d: seams(layout),
      ...paint({ fill: 'none', stroke: 'grid' }),
      'stroke-width': layout.gap || Math.min(1.5, layout.cell[0] / 5),
    }),
  )
}

function tiled({ grid: [high, wide, maps], bytes }: MapBytes, layout: SheetLayout): Pixels {
  const gap = Math.round((layout.gap / layout.cell[0]) * wide)
  const width = layout.columns * (wide + gap) - gap
  const height = layout.rows * (high + gap) - gap
  const data = new Uint8Array(width * height)
  for (let map = 0; map < maps; map++) {
    const [row, column] = [Math.floor(map / layout.columns), map % layout.columns]
    const corner = row * (high + gap) * width + column * (wide + gap)
    for (let pixel = 0; pixel < high * wide; pixel++)
      data[corner + Math.floor(pixel / wide) * width + (pixel % wide)] = bytes[pixel * maps + map]!
  }
  return { width, height, channels: 1, data }
}

/** Lines in the middle of all gaps. */
function seams({ columns, rows, cell, gap, width, height }: SheetLayout): string {
  const along = (count: number, length: number) =>
    Array.from({ length: count - 1 }, (_, i) => short((i + 1) * (length + gap) - gap / 2))
  const upright = along(columns, cell[0]).map(x => `M${x} 0V${short(height)}`)
  const level = along(rows, cell[1]).map(y => `M0 ${y}H${short(width)}`)
  return [...upright, ...level].join('')
}

/** What the last row has no maps for. */
function restOf({ count, columns, rows, cell, gap, width, height }: SheetLayout): string {
  const inLastRow = count - (rows - 1) * columns
  if (inLastRow === columns) return ''
  const left = short(inLastRow * (cell[0] + gap) - gap / 2)
  const top = short(height - cell[1] - gap / 2)
  return `M${left} ${top}H${short(width + 1)}V${short(height + 1)}H${left}Z`
}
