import { Tensor } from '../../base/tensor.js'
import type { Model } from '../../train/model.js'
import { checkBackground, checkLabels, pictureShape } from './checks.js'
import { Counts } from './counts.js'
import { type Background, movePicture, type PictureShape } from './move-picture.js'
import { type Reach, reachOf } from './reach.js'
import { commonRoom, type Room, roomOf } from './room.js'
import { halfRadius, meanOf, type ShiftCell, type ShiftMean } from './shift-summary.js'

export interface ShiftOptions {
  /** Pixels in every direction; `all`: as long as something of an object is in the frame. Default: 8. */
  readonly range?: number | 'all'
  /**
   * What comes in where a picture leaves: `edge` draws its border out (black stays black), a byte of 0 … 255 fills every
   * channel; under the tutorial's scaling 128 is about the zero that a convolution pads with. Default: `edge`.
   */
  readonly background?: Background
  /** Pictures of one step. Default 64; the numbers do not depend on it. */
  readonly batchSize?: number
  /** Threads that compute. Default: as many as there are cores. */
  readonly threads?: number
  /** Shifts that are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void
  /** Ends the work between two rows of the map; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal
}

/** How well pictures are recognised wherever in the frame they are moved. */
export interface ShiftMap extends Reach {
  readonly pictures: number
  /** `[H, W, C]` of a picture. */
  readonly shape: PictureShape
  readonly background: Background
  /** Row by row from the top, each from the left. */
  readonly cells: readonly ShiftCell[]
  /** How far the pictures can move before one of them is cut. */
  readonly room: Room
  /** The cell of the pictures as they are. */
  readonly centre: ShiftCell
  /** Over the shifts that cut nothing, for each picture those of its own room within the map. */
  readonly uncut: ShiftMean
  /**
   * The smallest distance in whole pixels at which less than half is recognised, on the mean of all shifts that far
   * (rounded); null where that is nowhere within the map.
   */
  readonly halfRadius: number | null
}

/**
 * Moves pictures over their frame and measures what a network makes of them at every place.
 *
 * @param pictures `[N, H, W, C]` bytes, scaled as the network was trained
 * @param labels `[N]`, the right class of each
 * @throws OptionError for labels or options that cannot be, ShapeError for pictures that do not fit the network
 */
export async function shiftMap(
  model: Model,
  pictures: Tensor<Uint8Array>,
  labels: ArrayLike<number>,
  options: ShiftOptions = {},
): Promise<ShiftMap> {
  const { background = 'edge', range = 8 } = options
  const shape = pictureShape(pictures)
  checkLabels(model, pictures.rows, labels)
  checkBackground(background)
  const rooms = picturesOf(pictures).map(picture => roomOf(picture, shape))
  const reach = reachOf(range, shape, rooms)
  const counts = new Counts(labels, rooms)
  const cells = await measure(model, pictures, reach, counts, { ...options, background })
  return {
    pictures: pictures.rows,
    shape,
    background,
    ...reach,
    cells,
    room: commonRoom(rooms),
    centre: cells.find(({ dx, dy }) => dx === 0 && dy === 0)!,
    uncut: meanOf(counts.perPicture),
    halfRadius: halfRadius(cells, Math.min(-reach.dx[0], reach.dx[1], -reach.dy[0], reach.dy[1])),
  }
}

async function measure(
  model: Model,
  pictures: Tensor<Uint8Array>,
  { dx, dy }: Reach,
  counts: Counts,
  options: ShiftOptions & { readonly background: Background },
): Promise<ShiftCell[]> {
  const { batchSize = 64, threads, onProgress, signal, background } = options
  const columns = whole(dx)
  const rows = whole(dy)
  const cells: ShiftCell[] = []
  for (const down of rows) {
    signal?.throwIfAborted()
    const moved = movedRow(pictures, columns, down, background)
    const output = await model.predict(moved, { batchSize, ...(threads !== undefined && { threads }) })
    columns.forEach((right, column) => {
      const answers = output.slice(column * pictures.rows, (column + 1) * pictures.rows)
      cells.push(counts.cell(right, down, answers))
    })
    onProgress?.(cells.length, rows.length * columns.length)
  }
  signal?.throwIfAborted()
  return cells
}

/** All pictures moved by `down` and by each of the columns: `[columns · N, H, W, C]`. */
function movedRow(
  pictures: Tensor<Uint8Array>,
  columns: readonly number[],
  down: number,
  background: Background,
): Tensor<Uint8Array> {
  const shape = pictureShape(pictures)
  const length = pictures.data.length
  const bytes = new Uint8Array(length * columns.length)
  const sources = picturesOf(pictures)
  columns.forEach((right, column) => {
    sources.forEach((source, row) => {
      const to = column * length + row * source.length
      movePicture(source, shape, { dx: right, dy: down }, background, bytes, to)
    })
  })
  return new Tensor(bytes, [columns.length * pictures.rows, ...shape], pictures.scaling)
}

const whole = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

const picturesOf = (pictures: Tensor<Uint8Array>): Uint8Array[] =>
  Array.from({ length: pictures.rows }, (_, row) => pictures.slice(row, row + 1).data)
