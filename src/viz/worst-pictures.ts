import { formatPercent } from '../base/format.js'
import { Drawing } from './svg/drawing.js'
import { group } from './svg/element.js'
import { type Pixels, picture } from './svg/picture.js'
import { fitText, label, type TextStyle } from './svg/text.js'

/** A picture and what became of it. */
export interface JudgedPicture {
  readonly pixels: Pixels
  /** The class it shows. */
  readonly shown: string
  readonly takenFor: string
  /** How sure the network was of its answer, 0 … 1; undefined where that is not known. */
  readonly probability?: number
  readonly loss: number
  /** The path of its file. */
  readonly file?: string
}

export interface ContactSheetOptions {
  /** Pictures side by side. Default 3, as many as a phone has room for. */
  readonly columns?: number
}

const margin = 12
const side = 118
const gap = 12
const textSize = 10.5
const nameStyle = { size: textSize + 1, weight: 'bold' } as const
const lineHeight = 14.5
const pitch = side + gap
const room = 18

/** A contact sheet of the pictures a network was most wrong about: what they show, what they were taken for, how sure it was. */
export function drawWorstPictures(
  pictures: readonly JudgedPicture[],
  { columns = 3 }: ContactSheetOptions = {},
): Drawing {
  const across = Math.max(1, Math.min(columns, pictures.length))
  const rows = Math.ceil(pictures.length / across)
  const lines = pictures.some(({ file }) => file !== undefined) ? 4 : 3
  const rowPitch = side + lines * lineHeight + room
  return new Drawing({
    width: 2 * margin + across * pitch - gap,
    height: 2 * margin + rows * rowPitch - 12,
    title: 'The pictures with the highest loss',
    description: describe(pictures),
    body: pictures
      .map((judged, i) =>
        group(margin + (i % across) * pitch, margin + Math.floor(i / across) * rowPitch, oneOf(judged)),
      )
      .join(''),
  })
}

function oneOf(judged: JudgedPicture): string {
  const { pixels } = judged
  const scale = side / Math.max(pixels.width, pixels.height)
  const [width, height] = [pixels.width * scale, pixels.height * scale]
  const line = (i: number) => side + 16 + i * lineHeight
  const fit = (text: string, style: TextStyle = { size: textSize }) => fitText(text, side + gap - 4, style)
  return [
    picture((side - width) / 2, side - height, width, height, pixels),
    label(0, line(0), fit(judged.shown, nameStyle), nameStyle),
    label(0, line(1), fit(answer(judged)), { size: textSize }),
    label(0, line(2), fit(certainty(judged)), { size: textSize, ink: 'muted' }),
    judged.file === undefined
      ? ''
      : label(0, line(3), fit(nameOf(judged.file)), { size: textSize, ink: 'muted' }),
  ].join('')
}

/** Without its folders, which are the class it shows. */
const nameOf = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

const answer = ({ shown, takenFor }: JudgedPicture): string =>
  shown === takenFor ? 'recognised' : `taken for ${takenFor}`

const certainty = ({ probability, loss }: JudgedPicture): string =>
  probability === undefined ? `loss ${loss.toFixed(2)}` : `${formatPercent(probability)} sure`

const describe = (pictures: readonly JudgedPicture[]): string =>
  pictures.length === 0
    ? 'There are none.'
    : pictures
        .map((judged, i) => {
          const { shown, takenFor, loss, file } = judged
          const taken = shown === takenFor ? 'recognised' : `taken for ${takenFor}`
          return `${i + 1}. ${shown}, ${taken}, ${certainty(judged)}${judged.probability === undefined ? '' : `, loss ${loss.toFixed(2)}`}${file === undefined ? '' : ` (${file})`}.`
        })
        .join(' ')
