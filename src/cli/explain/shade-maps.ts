import { beginningOf, padRight } from '../../base/columns.js'
import { resizeValues } from '../../data/resize.js'
import type { ValueMap } from '../../explain/class-map.js'

/** A map with the name of its class. */
export interface NamedMap {
  readonly className: string
  readonly map: ValueMap
}

/** Rows and columns of a map on a terminal; a cell is two letters wide, which is about square. */
const side = 8
const shades = [' ', '░', '▒', '▓', '█'] as const

/** Maps as shades, side by side under their names, on one scale: blank for nothing, full for the most of all. */
export function shadeMaps(maps: readonly NamedMap[]): string {
  const coarse = maps.map(({ map }) => resizeValues(map.values, [map.height, map.width, 1], side, side))
  const most = Math.max(0, ...coarse.flatMap(values => [...values]))
  const line = (cells: readonly string[]) => cells.join('  ').trimEnd()
  const names = line(
    maps.map(({ className }) => padRight(` ${beginningOf(className, 2 * side)}`, 2 * side + 2)),
  )
  const edge = (left: string, right: string) => line(maps.map(() => `${left}${'─'.repeat(2 * side)}${right}`))
  const rows = Array.from({ length: side }, (_, row) =>
    line(coarse.map(values => `│${shadeRow(values.subarray(row * side, (row + 1) * side), most)}│`)),
  )
  return [names, edge('┌', '┐'), ...rows, edge('└', '┘')].join('\n')
}

const shadeRow = (values: Float64Array, most: number): string =>
  Array.from(values, value => shadeOf(value, most).repeat(2)).join('')

/** Blank up to a tenth of the most, then four shades in equal steps. */
function shadeOf(value: number, most: number): string {
  const share = most > 0 ? value / most : 0
  return share <= 0.1
    ? shades[0]
    : shades[Math.min(4, 1 + Math.floor((share - 0.1) / 0.225)) as 1 | 2 | 3 | 4]
}
