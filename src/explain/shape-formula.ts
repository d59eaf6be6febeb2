import { formatCount } from '../base/format.js'
import { type Shape, sizeOf } from '../base/shape.js'
import { reach } from '../engine/ops/window.js'
import type { LayerCall } from '../nn/calls.js'
import type { LayerWindow } from '../nn/layer-window.js'

/**
 * How a layer's output size comes about, with its numbers filled in: `32 − 5 + 1 = 28` for a window, `5 · 5 · 4 = 100`
 * for flatten. Null where nothing is reckoned.
 */
export function formulaOf({ layer, inputShapes, outputShape }: LayerCall): string | null {
  const [input] = inputShapes
  if (!input) return null
  if (layer.window) return windowFormula(input, outputShape, layer.window)
  return formulas[layer.className]?.(inputShapes, outputShape) ?? null
}

type Formula = (inputs: readonly Shape[], output: Shape) => string | null

const formulas: Readonly<Record<string, Formula>> = {
  Flatten: ([input = []], output) =>
    input.length > 1 ? `${input.join(' · ')} = ${formatCount(sizeOf(output))}` : null,
  Concatenate: (inputs, output) => {
    // The axis of the join is the one whose lengths add up.
    const axis = output.findIndex((length, i) => length !== inputs[0]![i])
    return `${inputs.map(input => input[axis]).join(' + ')} = ${output[axis]}`
  },
  ZeroPadding2D: ([input = []], output) =>
    bothAxes(axis => `${input[axis]} + ${output[axis]! - input[axis]!} = ${output[axis]}`),
}

const windowFormula = (input: Shape, output: Shape, window: LayerWindow): string =>
  bothAxes(axis => {
    const size = input[axis]!
    const stride = window.strides[axis]
    const cells = reach(window.kernel[axis], window.dilation[axis])
    const left = window.padding === 'same' ? sameSize(size, cells, stride) : validSize(size, cells, stride)
    return `${left}${output[axis]}`
  })

/** One text where height and width are reckoned alike, else one for each. */
function bothAxes(formula: (axis: 0 | 1) => string): string {
  const [height, width] = [formula(0), formula(1)]
  return height === width ? height : `height ${height}, width ${width}`
}

/** Only whole windows: (D − N) / s + 1, rounded down. */
function validSize(size: number, cells: number, stride: number): string {
  if (stride === 1) return `${size} − ${cells} + 1 = `
  if (stride === cells) return `${size} / ${stride}${becomes(size / stride)}`
  return `(${size} − ${cells}) / ${stride} + 1${becomes((size - cells) / stride + 1)}`
}

/** A margin of N − 1 cells keeps the size; with strides it is D / s, rounded up. */
const sameSize = (size: number, cells: number, stride: number): string =>
  stride === 1 ? `${size} + ${cells - 1} − ${cells} + 1 = ` : `${size} / ${stride}${becomes(size / stride)}`

/** An arrow stands for the rounding. */
const becomes = (exact: number): string =>
  Number.isInteger(exact) ? ' = ' : ` = ${Math.round(exact * 100) / 100} → `
