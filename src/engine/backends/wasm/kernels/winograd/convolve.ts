import type { Epilogue } from '../../../../ops/attributes.js'
import { f32x4, type Integer, i32, v128 } from '../../assembler/expressions.js'
import { activated } from '../activation.js'
import { type Emission, FLOAT, type Kernel, type KernelStep, LANES } from '../kernel.js'
import { PANEL, PANEL_VECTORS, ProductTile, TILE_ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import {
  eachTile,
  type Parts,
  partsOf,
  readTiles,
  tilesPerPiece,
  winogradName,
  winogradScratch,
} from './pieces.js'
import { INPUT_TILE, OUTPUT_TILE, POINTS, pointFloats, tilesOf } from './tiles.js'
import { type KernelView, transformKernelStep, winogradKernelSize } from './transform-kernel.js'
import { outputTransform, SquareTransform } from './transforms.js'

/** A correlation of input 0 with input 1 by Winograd's way. */
export const winogradKernel = (
  name: string,
  w: SlidingWindow,
  view: KernelView,
  epilogue?: Epilogue,
): Kernel => ({
  algorithm: winogradName,
  steps: [
    transformKernelStep(w, view, 1, 0),
    winogradStep(`${name}, Winograd`, w, { input: 0, temporary: 0 }, epilogue),
  ],
  temporaries: [winogradKernelSize(w)],
  scratch: winogradScratch(w),
})

/**
 * A convolution by Winograd's F(4×4, 3×3): 36 multiplications in the place of 144. Input tiles are transformed, for each of
 * the 36 points multiplied with the transformed kernel, and the products transformed back, with bias and activation.
 */
function winogradStep(
  name: string,
  w: SlidingWindow,
  { input, temporary }: { input: number; temporary: number },
  epilogue?: Epilogue,
): KernelStep {
  const tiles = tilesPerPiece(w)
  const emit = (emission: Emission) => {
    const { at, piece } = emission
    const parts = partsOf(emission, w, i32.mul(piece, tiles))
    readTiles(emission, w, parts, at.inputs[input]!)
    multiplyPoints(emission, parts, at.temporaries[temporary]!)
    writeTiles(emission, w, parts, epilogue)
  }
  return { name, pieces: Math.ceil(tilesOf(w).all / tiles), emit }
}

/** For each point: tiles × channels times channels × filters. Rows beyond the last tile compute what nobody reads. */
function multiplyPoints({ f }: Emission, parts: Parts, kernel: number): void {
  const { channels, products, count, inputs, outputs } = parts
  const tile = new ProductTile(f)
  const [point, panel, row] = [f.i32(), f.i32(), f.i32()]
  const [a, b, target] = [f.i32(), f.i32(), f.i32()]
  const weights = f.i32(kernel)
  const gap = (pointFloats(channels, products) - channels * products) * FLOAT
  f.for(point, 0, POINTS, 1, () => {
    f.for(panel, 0, products / PANEL, 1, () => {
      f.for(row, 0, count, TILE_ROWS, () => {
        f.set(a, cell(inputs, point, parts.inputPoint, row, channels))
        f.set(b, weights)
        tile.clear(TILE_ROWS, PANEL_VECTORS)
        tile.multiply({
          rows: TILE_ROWS,
          vectors: PANEL_VECTORS,
          a,
          rowBytes: channels * FLOAT,
          aStep: FLOAT,
          b,
          bStep: PANEL * FLOAT,
          count: channels,
        })
        const column = i32.mul(panel, PANEL * FLOAT)
        f.set(target, i32.add(cell(outputs, point, parts.outputPoint, row, products), column))
        tile.store(TILE_ROWS, PANEL_VECTORS, target, products * FLOAT)
      })
      f.increase(weights, channels * PANEL * FLOAT)
    })
    f.increase(weights, gap)
  })
}

const cell = (start: Integer, point: Integer, pointBytes: number, row: Integer, width: number) =>
  i32.add(start, i32.add(i32.mul(point, pointBytes), i32.mul(row, width * FLOAT)))

/** Transforms the products back and stores the cells that lie in the output. */
function writeTiles(
  emission: Emission,
  w: SlidingWindow,
  parts: Parts,
  epilogue: Epilogue | undefined,
): void {
  const { f, at } = emission
  const { products, outputs, between } = parts
  const square = new SquareTransform(f, outputTransform)
  const [source, target, bias, value] = [f.i32(), f.i32(), f.i32(), f.v128()]
  const pixel = w.filters * FLOAT
  eachTile(emission, w, parts, ({ image, y, x }, index) => {
    f.set(source, i32.add(outputs, i32.mul(index, products * FLOAT)))
    const row = i32.add(i32.mul(image, w.rows), y)
    f.set(target, i32.add(at.output, i32.mul(i32.add(i32.mul(row, w.columns), x), pixel)))
    f.set(bias, at.inputs[2] ?? 0)
    f.for(f.i32(), 0, w.filters, LANES, () => {
      square.emit(
        between,
        (r, s) => v128.load(source, (r * INPUT_TILE + s) * parts.outputPoint),
        (r, s, sum) => {
          f.set(value, sum)
          if (epilogue?.bias) f.set(value, f32x4.add(value, v128.load(bias)))
          if (epilogue) f.set(value, activated(emission, epilogue.activation, value))
          const store = () => f.storeVector(target, value, (r * w.columns + s) * pixel)
          if (w.rows % OUTPUT_TILE === 0 && w.columns % OUTPUT_TILE === 0) store()
          else f.if(i32.and(i32.lt(i32.add(y, r), w.rows), i32.lt(i32.add(x, s), w.columns)), store)
        },
      )
      for (const pointer of [source, target, bias]) f.increase(pointer, LANES * FLOAT)
    })
  })
}
