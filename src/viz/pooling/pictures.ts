import { across, type Block, down, framed, paragraph, titled } from '../svg/block.js'
import { Drawing } from '../svg/drawing.js'
import { type Pixels, picture } from '../svg/picture.js'
import { inputSize, type PoolingToDraw, sizesText } from './steps.js'

/** Longer side of a picture, in units. */
const side = 162

/** A picture or feature map, and what max, average and min pooling make of it, all drawn at one size. */
export function drawPooledPictures(steps: PoolingToDraw): Drawing {
  const [height, width] = inputSize(steps)
  const [rows, columns] = steps.outputSize
  const channels = steps.planes.length
  const input = titled(`Input ${height}×${width}`, pictureOf(steps.inputTones.bytes, height, width, channels))
  const results = steps.pooled.map(({ kind, tones }) =>
    titled(`${kind} ${rows}×${columns}`, pictureOf(tones.bytes, rows, columns, channels)),
  )
  const grid = down([across([input, results[0]!], 20), across(results.slice(1), 20)], 16)
  const words = wordsOf(steps)
  return new Drawing({
    ...framed(down([grid, paragraph(words, Math.max(344, grid.width), { ink: 'muted' })], 12), 12),
    title: 'Pooling of a picture',
    description: words,
  })
}

function pictureOf(bytes: Uint8Array, height: number, width: number, channels: number): Block {
  const scale = side / Math.max(height, width)
  const pixels: Pixels =
    channels === 1 || channels === 3
      ? { height, width, channels, data: bytes }
      : { height, width, channels: 1, data: bytes.filter((_, i) => i % channels === 0) }
  return {
    width: width * scale,
    height: height * scale,
    body: picture(0, 0, width * scale, height * scale, pixels),
  }
}

/** The sizes, and how the numbers became tones; once where it is the same for all. */
function wordsOf(steps: PoolingToDraw): string {
  const tones = [
    `Input: ${steps.inputTones.sentence}`,
    ...steps.pooled.map(({ kind, tones }) => `${kind}: ${tones.sentence}`),
  ]
  const shown = tones.every(sentence => sentence.includes('Not shifted: all')) ? [] : tones
  return [`${sizesText(steps)}. Windows of ${steps.window.join('×')}.`, ...shown].join(' ')
}
