import { formatCount, formatPercent } from '../../base/format.js'
import { describePanel, movedBy, saying, uncutShare } from '../../viz/shift/shift-words.js'
import { formatTable } from '../table.js'
import type { ShiftStudy } from './shift-study.js'

type Network = ShiftStudy['networks'][number]

/** The maps as shades, a table of the numbers, and how they were measured. */
export function formatStudy(study: ShiftStudy, columns: number): string {
  return [
    'Probability of the right class where the pictures are moved to: blank below 20 %, ░ ▒ ▓, █ from 80 % on.\n',
    sideBySide(study.networks.map(shadeMap), columns),
    '',
    numbers(study),
    '',
    study.facts,
  ].join('\n')
}

/** What is to be seen, a sentence or two for each network. */
export const describeStudy = ({ networks, facts }: ShiftStudy): string =>
  [...networks.map(describePanel), facts].join('\n')

const shades = [' ', '░', '▒', '▓', '█'] as const

/** A network's map as lines of equal width: two letters a cell, which is about square; `++` is the middle. */
function shadeMap({ title, map: { cells, dx, dy } }: Network): string[] {
  const columns = dx[1] - dx[0] + 1
  const width = 2 * columns + 8
  const rows = Array.from({ length: cells.length / columns }, (_, row) => {
    const across = cells.slice(row * columns, (row + 1) * columns)
    return `${rowName(dy[0] + row, dy)} │${across.map(cellText).join('')}│`.padEnd(width)
  })
  const edge = (left: string, right: string) => `     ${left}${'─'.repeat(2 * columns)}${right}`.padEnd(width)
  const scale = `      ${signed(dx[0]).padEnd(columns - 1)}0${signed(dx[1]).padStart(columns)}`.padEnd(width)
  const name = title.length <= width ? title : `…${title.slice(1 - width)}`
  return [name.padEnd(width), edge('┌', '┐'), ...rows, edge('└', '┘'), scale]
}

function cellText({ dx, dy, probability }: Network['map']['cells'][number]): string {
  if (dx === 0 && dy === 0) return '++'
  return shades[Math.min(4, Math.floor(5 * probability)) as 0 | 1 | 2 | 3 | 4].repeat(2)
}

const rowName = (dy: number, [from, to]: readonly [number, number]): string =>
  (dy === from || dy === to || dy === 0 ? signed(dy) : '').padStart(4)

const signed = (n: number): string => (n > 0 ? `+${n}` : `${n}`.replace('-', '−'))

/** As many maps in a row as there is room for. */
function sideBySide(maps: readonly (readonly string[])[], columns: number): string {
  const perRow = Math.max(1, Math.floor((columns + 2) / (maps[0]![0]!.length + 2)))
  const rows: string[] = []
  for (let from = 0; from < maps.length; from += perRow) {
    const group = maps.slice(from, from + perRow)
    rows.push(
      group[0]!
        .map((_, line) =>
          group
            .map(map => map[line]!)
            .join('  ')
            .trimEnd(),
        )
        .join('\n'),
    )
  }
  return rows.join('\n\n')
}

function numbers({ networks, example }: ShiftStudy): string {
  const isMeasured = networks.every(({ accuracy }) => accuracy !== undefined)
  const titles = [
    'network',
    'parameters',
    ...(isMeasured ? ['in the middle'] : []),
    `${example.className} moved ${movedBy(example)}`,
    'where nothing is cut',
    'less than half from',
  ]
  const rows = networks.map(({ title, parameters, accuracy, answers, map }) => [
    title,
    formatCount(parameters),
    ...(isMeasured ? [formatPercent(accuracy!)] : []),
    saying(answers.moved),
    uncutShare(map),
    halfText(map),
  ])
  return formatTable(titles, rows)
}

const halfText = ({ halfRadius, dx, dy }: Network['map']): string =>
  halfRadius === null ? `beyond ${Math.min(-dx[0], dx[1], -dy[0], dy[1])}` : `${halfRadius} px`
