import type { ConvolutionStep, ConvolutionWalk } from '../explain/convolution.js'
import { drawConvolutionPath, drawConvolutionStep } from '../viz/convolution.js'
import { htmlPage } from './page.js'
import { convolutionPlayer, type Player } from './players/convolution-player.js'
import { figures, sectionHtml } from './section.js'

/** More cells than this in a row or column have no fields to type in. */
const mostCells = 12

/** A page about one filter and one picture: a small picture of one channel to play with, of others the step asked for. */
export function convolutionPage(walk: ConvolutionWalk, { row, column }: ConvolutionStep): string {
  const player = playerFor(walk, [row, column])
  const step = drawConvolutionStep(walk, { row, column })
  const path = drawConvolutionPath(walk)
  const lead =
    'The filter is laid over the picture; every cell is multiplied with the filter’s value on it, and the products are added up.'
  const sections = [
    sectionHtml({
      id: 'step',
      heading: 'Convolution, step by step',
      lead,
      content: player?.html ?? figures([step]),
    }),
    sectionHtml({
      id: 'way',
      heading: path.title,
      lead: 'From left to right and from top to bottom; every stop fills one output cell.',
      content: figures([path]),
    }),
  ]
  return htmlPage({
    title: 'Convolution, step by step',
    main: `<main>${sections.join('\n')}</main>`,
    ...(player && { css: player.css, scripts: [player.script] }),
  })
}

function playerFor(
  { planes, pad, padding, kernels, bias, strides }: ConvolutionWalk,
  at: readonly [number, number],
): Player | null {
  const [plane, kernel] = [planes[0]!, kernels[0]!]
  if (planes.length > 1 || Math.max(plane.length, plane[0]!.length) > mostCells) return null
  const input = plane
    .slice(pad.top, plane.length - pad.bottom)
    .map(row => row.slice(pad.left, row.length - pad.right))
  return convolutionPlayer({ input, kernel, bias, strides: strides[0], padding, at })
}
