import { colourScale, heatMap, heightOfMap, isWithin, mapKey } from './shift/heat-map.js'
import type { ShiftAnswerData, ShiftData, ShiftPanelData } from './shift/shift-data.js'
import {
  describePanel,
  describeShift,
  halfWords,
  movedBy,
  percent,
  saying,
  uncutShare,
} from './shift/shift-words.js'
import { beside, Drawing, stacked } from './svg/drawing.js'
import { type Pixels, picture } from './svg/picture.js'
import { fitText, label, labels, wrapText } from './svg/text.js'

export type { ShiftData, ShiftMapData, ShiftPanelData } from './shift/shift-data.js'

export interface DrawShiftMapsOptions {
  /** Networks side by side, or below each other. Default: `row`. */
  readonly arrange?: 'row' | 'column'
  readonly heading?: string
  /** A sentence or two below. */
  readonly caption?: string
}

/**
 * The tutorial's moved zero: what each network says about a picture in the middle and in the corner, and how the
 * probability of the right class changes over the frame, as a map of `dx` and `dy`. A panel is 348 units wide.
 */
export function drawShiftMaps(data: ShiftData, options: DrawShiftMapsOptions = {}): Drawing {
  const { arrange = 'row', ...words } = options
  const compose = arrange === 'row' ? beside : stacked
  return compose(
    data.networks.map(network => panel(network, data.example)),
    { title: 'Recognised wherever it stands?', description: describeShift(data), ...words },
  )
}

const width = 348
/** Left edge of map and pictures: numbers and a title stand before it. */
const left = 46
const mapWidth = 252
const thumb = 112
const thumbTop = 76

function panel(network: ShiftPanelData, example: ShiftData['example']): Drawing {
  const { title, map, answers } = network
  const mapTop = thumbTop + thumb + 62
  const mapHeight = heightOfMap(map, mapWidth)
  const below = mapTop + mapHeight + 46
  const about = wrapText(network.about ?? '', width - left - 8, { size: 11 })
  return new Drawing({
    width,
    height: below + 92 + about.length * 15,
    title,
    description: describePanel(network),
    body: [
      label(left, 22, fitText(title, width - left - 8, { size: 14, weight: 'bold' }), {
        size: 14,
        weight: 'bold',
      }),
      label(left, 40, detail(network), { size: 11, ink: 'muted' }),
      exampleAt(left, 'in the middle', example.centre, answers.centre),
      exampleAt(left + mapWidth - thumb, movedBy(example), example.moved, answers.moved),
      label(left, mapTop - 8, mapTitle(network), { size: 11, ink: 'muted' }),
      heatMap(map, example, { x: left, y: mapTop, width: mapWidth }),
      colourScale(left + mapWidth + 10, mapTop, mapHeight),
      mapKey(left, below, map, isWithin(map, example)),
      label(left, below + 46, `${uncutShare(map)} recognised`, { size: 13, weight: 'bold' }),
      label(left, below + 62, 'mean over the shifts that cut nothing', { size: 11, ink: 'muted' }),
      label(left, below + 77, halfWords(map), { size: 11, ink: 'muted' }),
      labels(left, below + 98, about, { size: 11 }),
    ].join(''),
  })
}

function detail({ parameters, accuracy }: ShiftPanelData): string {
  const count = `${parameters.toLocaleString('en-US')} parameters`
  return accuracy === undefined ? count : `${count} · ${percent(accuracy)} right in the middle`
}

const mapTitle = ({ map: { pictures } }: ShiftPanelData): string =>
  pictures === 1
    ? 'probability of the right class, %'
    : `probability of the right class, %, mean of ${pictures.toLocaleString('en-US')} pictures`

/** A picture with what the network says about it. */
function exampleAt(x: number, place: string, pixels: Pixels, answer: ShiftAnswerData): string {
  const verdict = answer.right ? 'right' : `wrong: it gets ${percent(answer.rightProbability)}`
  const room = thumb + 22
  return [
    label(x, thumbTop - 8, place, { size: 11, ink: 'muted' }),
    picture(x, thumbTop, thumb, (thumb * pixels.height) / pixels.width, pixels),
    label(x, thumbTop + thumb + 17, fitText(saying(answer), room, { weight: 'bold' }), { weight: 'bold' }),
    label(x, thumbTop + thumb + 33, fitText(verdict, room, { size: 11 }), {
      size: 11,
      ink: answer.right ? 'good' : 'bad',
    }),
  ].join('')
}
