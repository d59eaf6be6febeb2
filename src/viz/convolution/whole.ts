import { across, type Block, down, paragraph, titled } from '../svg/block.js'
import { type Pixels, picture } from '../svg/picture.js'
import { windowFrame } from './plane.js'
import { inputSize, type StepToDraw, sizeOf, sizeText, type WalkToDraw } from './walk.js'

/** Side of a picture's longer axis, in units. */
const side = 162

/** The whole input with the filter's frame in it, beside the whole output with the cell under way. */
export function wholePictures(walk: WalkToDraw, step: StepToDraw, width: number): Block {
  const [height, columns] = inputSize(walk)
  const input = titled(`Input ${height}×${columns}`, inputPicture(walk, step))
  const output = titled(`Output ${sizeText(walk.output)}`, outputPicture(walk, step))
  const pictures = across([input, output], 20)
  return down(
    [pictures, paragraph(`Output: ${walk.outputTones.sentence}`, width, { size: 11, ink: 'muted' })],
    8,
  )
}

function inputPicture(walk: WalkToDraw, { top, left }: StepToDraw): Block {
  const [R, S] = sizeOf(walk.kernels[0]!)
  const corner = [top - walk.pad.top, left - walk.pad.left] as const
  return framedPicture(inputPixels(walk), corner, [R, S])
}

const outputPicture = ({ output, outputTones }: WalkToDraw, { row, column }: StepToDraw): Block =>
  framedPicture(
    { height: output.length, width: output[0]!.length, channels: 1, data: outputTones.bytes },
    [row, column],
    [1, 1],
  )

/** The input's pixels, grey or in colour; of other numbers of channels the first. */
export function inputPixels(walk: WalkToDraw): Pixels {
  const { planes, inputTones } = walk
  const [height, width] = inputSize(walk)
  const channels = planes.length
  if (channels === 1 || channels === 3) return { height, width, channels, data: inputTones.bytes }
  const data = inputTones.bytes.filter((_, i) => i % channels === 0)
  return { height, width, channels: 1, data }
}

/** A picture with a frame around some of its pixels, which may reach into the margin. */
function framedPicture(
  pixels: Pixels,
  [top, left]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Block {
  const scale = side / Math.max(pixels.height, pixels.width)
  const [width, height] = [pixels.width * scale, pixels.height * scale]
  // A frame of a pixel or two would hide it: the frame is at least 8 units wide and keeps its middle.
  const extent = (cells: number) => Math.max(8, cells * scale)
  const start = (from: number, cells: number) => (from + cells / 2) * scale - extent(cells) / 2
  const frame = windowFrame(start(left, columns), start(top, rows), extent(columns), extent(rows))
  return { width, height, body: picture(0, 0, width, height, pixels) + frame }
}
