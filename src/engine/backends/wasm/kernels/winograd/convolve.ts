import { type Integer, i32, v128 } from '../../assembler/expressions.js'
import { type Finish, finishVector, passRelu } from '../epilogue.js'
import { type Emission, FLOAT, type Kernel, type KernelStep, LANES } from '../kernel.js'
import { PANEL, PANEL_VECTORS, ProductTile } from '../product-tile.js'
import { evenRowTiles } from '../row-tiles.js'
import type { SlidingWindow } from '../sliding-window.js'
import { type Cut, cutConvolution, type Range, shareAt } from './cut.js'
import { eachTile, type Parts, partsOf, readTiles, winogradName, winogradScratch } from './pieces.js'
import { INPUT_TILE, OUTPUT_TILE, POINTS } from './tiles.js'
import {
  type KernelView,
  transformKernelStep,
  winogradKernelPoint,
  winogradKernelSize,
} from './transform-kernel.js'
import { outputTransform, SquareTransform } from './transforms.js'

/** A correlation of input 0 with input 1 by Winograd's way. */
export const winogradKernel = (name: string, w: SlidingWindow, view: KernelView, finish?: Finish): Kernel => {
  const cut = cutConvolution(w)
  return {
    algorithm: winogradName,
    steps: [
      transformKernelStep(w, view, 1, 0),
      winogradStep(`${name}, Winograd`, w, { input: 0, temporary: 0 }, cut, finish),
    ],
    temporaries: [winogradKernelSize(w)],
    scratch: winogradScratch(cut),
  }
}

/**
 * A convolution by Winograd's F(4×4, 3×3): 36 multiplications in the place of 144. Input tiles are transformed, for each of
 * the 36 points multiplied with the transformed kernel, and the products transformed back, with bias and activation.
 */
function winogradStep(
  name: string,
  w: SlidingWindow,
  { input, temporary }: { input: number; temporary: number },
  cut: Cut,
  finish?: Finish,
): KernelStep {
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const { count } = cut.filters
    const parts = partsOf(emission, w, cut, i32.div(piece, count))
    const filters = shareAt(f, cut.filters, i32.rem(piece, count))
    readTiles(emission, w, parts, { input: at.inputs[input]!, channels: shareAt(f, cut.channels, 0) })
    multiplyPoints(emission, w, parts, { kernel: at.temporaries[temporary]!, filters })
    writeTiles(emission, w, parts, filters, finish)
  }
  return { name, pieces: cut.blocks * cut.filters.count, emit }
}

/** For each point: tiles × channels times channels × filters. A row beyond an odd last tile computes what nobody reads. */
function multiplyPoints(
  { f }: Emission,
  w: SlidingWindow,
  parts: Parts,
  { kernel, filters }: { kernel: number; filters: Range },
): void {
  const { channels } = w.view
  const { count, inputs, outputs, inputPoint, outputPoint, inputWidth, outputWidth } = parts
  const tile = new ProductTile(f)
  const [point, column, row] = [f.i32(), f.i32(), f.i32()]
  const [a, b, target, tiles, weights] = [f.i32(), f.i32(), f.i32(), f.i32(), f.i32()]
  const even = f.i32(i32.and(i32.add(count, 1), -2))
  f.for(point, 0, POINTS, 1, () => {
    const first = i32.mul(filters.first, channels * FLOAT)
    f.set(weights, i32.add(i32.add(kernel, i32.mul(point, winogradKernelPoint(w) * FLOAT)), first))
    evenRowTiles(f, row, even, tile.maxRows(PANEL_VECTORS), rows => {
      f.set(b, weights)
      f.set(tiles, cell(inputs, point, inputPoint, row, inputWidth))
      f.set(target, cell(outputs, point, outputPoint, row, outputWidth))
      f.for(column, 0, filters.length, PANEL, () => {
        f.set(a, tiles)
        tile.clear(rows, PANEL_VECTORS)
        tile.multiply({
          rows,
          vectors: PANEL_VECTORS,
          a,
          rowBytes: inputWidth * FLOAT,
          aStep: FLOAT,
          b,
          bStep: PANEL * FLOAT,
          count: channels,
        })
        tile.store(rows, PANEL_VECTORS, target, outputWidth * FLOAT)
        f.increase(target, PANEL * FLOAT)
      })
    })
  })
}

const cell = (start: Integer, point: Integer, pointBytes: number, row: Integer, width: number) =>
  i32.add(start, i32.add(i32.mul(point, pointBytes), i32.mul(row, width * FLOAT)))

/** Transforms the products back and stores the cells that lie in the output. */
function writeTiles(
  emission: Emission,
  w: SlidingWindow,
  parts: Parts,
  filters: Range,
  finish: Finish | undefined,
): void {
  const { f, at } = emission
  const { outputs, outputWidth, between } = parts
  const square = new SquareTransform(f, outputTransform)
  const [source, target, bias, value] = [f.i32(), f.i32(), f.i32(), f.v128()]
  const pixel = w.filters * FLOAT
  const share = i32.mul(filters.first, FLOAT)
  eachTile(emission, w, parts, ({ image, y, x }, index) => {
    f.set(source, i32.add(outputs, i32.mul(index, outputWidth * FLOAT)))
    const row = i32.add(i32.mul(image, w.rows), y)
    f.set(target, i32.add(at.output, i32.add(i32.mul(i32.add(i32.mul(row, w.columns), x), pixel), share)))
    f.set(bias, i32.add(at.inputs[2] ?? 0, share))
    f.for(f.i32(), 0, filters.length, LANES, () => {
      square.emit(
        between,
        (r, s) => v128.load(source, (r * INPUT_TILE + s) * parts.outputPoint),
        (r, s, sum) => {
          f.set(value, sum)
          const place = (r * w.columns + s) * pixel
          if (finish && finish !== 'throughRelu') finishVector(emission, finish, value, v128.load(bias))
          const store = () => {
            if (finish === 'throughRelu') passRelu(emission, value, target, place)
            f.storeVector(target, value, place)
          }
          if (w.rows % OUTPUT_TILE === 0 && w.columns % OUTPUT_TILE === 0) store()
          else f.if(i32.and(i32.lt(i32.add(y, r), w.rows), i32.lt(i32.add(x, s), w.columns)), store)
        },
      )
      for (const pointer of [source, target, bias]) f.increase(pointer, LANES * FLOAT)
    })
  })
}
