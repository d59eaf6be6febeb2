import { type Expression, f32, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder } from '../../assembler/function.js'
import { panelsOf } from '../epilogue.js'
import { type Emission, FLOAT, type KernelStep, LANES } from '../kernel.js'
import { PANEL } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import { INPUT_TILE, POINTS, pointFloats } from './tiles.js'
import { kernelTransform, SquareTransform } from './transforms.js'

/** Floats of the transformed kernel, for all points and from one to the next. */
export const winogradKernelSize = (w: SlidingWindow): number => POINTS * winogradKernelPoint(w)
export const winogradKernelPoint = ({ view, filters }: SlidingWindow): number =>
  pointFloats(view.channels, panelsOf(filters).all * PANEL)

/** How the kernel lies in memory, in floats: the distance between its rows, cells, channels and filters. */
export interface KernelView {
  readonly first: number
  readonly row: number
  readonly cell: number
  readonly channel: number
  readonly filter: number
}

/** Channels of one piece: neighbours in memory, in one order of the kernel or the other. */
const CHANNELS = 8

/** Transforms the kernel into `[POINTS][panels][channels][PANEL]`; filters beyond the last are zeros. */
export function transformKernelStep(
  w: SlidingWindow,
  view: KernelView,
  input: number,
  temporary: number,
): KernelStep {
  const { channels } = w.view
  const panels = panelsOf(w.filters).all
  const pointBytes = winogradKernelPoint(w) * FLOAT
  const emit = ({ f, at, piece, scratch }: Emission) => {
    const square = new SquareTransform(f, kernelTransform)
    const [panel, channel, from, to] = [f.i32(), f.i32(), f.i32(), f.i32()]
    const first = f.i32(i32.mul(piece, CHANNELS))
    const end = f.i32(i32.min(i32.add(first, CHANNELS), channels))
    const transform = (lane: number) =>
      square.emit(
        scratch,
        (r, s) =>
          fourFilters(
            f,
            i32.add(from, (r * view.row + s * view.cell + lane * view.filter) * FLOAT),
            view.filter,
          ),
        (r, s, value) => f.storeVector(to, value, (r * INPUT_TILE + s) * pointBytes + lane * FLOAT),
      )
    const clear = (lane: number) => {
      for (let point = 0; point < POINTS; point++) f.storeVector(to, 0, point * pointBytes + lane * FLOAT)
    }
    f.for(panel, 0, panels, 1, () =>
      f.for(channel, first, end, 1, () => {
        const weights = i32.add(i32.mul(channel, view.channel), i32.mul(panel, PANEL * view.filter))
        f.set(from, i32.add(at.inputs[input]! + view.first * FLOAT, i32.mul(weights, FLOAT)))
        const row = i32.add(i32.mul(panel, channels), channel)
        f.set(to, i32.add(at.temporaries[temporary]!, i32.mul(row, PANEL * FLOAT)))
        for (let lane = 0; lane < PANEL; lane += LANES) {
          const isReal = i32.lt(i32.mul(panel, PANEL), w.filters - lane)
          f.if(
            isReal,
            () => transform(lane),
            () => clear(lane),
          )
        }
      }),
    )
  }
  return { name: 'transform kernel', pieces: Math.ceil(channels / CHANNELS), readsOnly: input, emit }
}

/** The weights of four filters: one vector where they lie side by side. */
function fourFilters(f: FunctionBuilder, address: Expression<'i32'>, stride: number): Expression<'v128'> {
  if (stride === 1) return v128.load(address)
  const base = f.i32(address)
  const lanes = [0, 1, 2, 3].map(lane => f32.load(i32.add(base, lane * stride * FLOAT)))
  return f32x4.join(lanes)
}
