import type { Point } from '../drawing/distance.js'
import { curve, type PenStroke, straight } from './pen.js'

/** The ways a digit is written; one of them is picked for each picture. */
export type Glyph = readonly (readonly PenStroke[])[]

// Points lie between -1 (top) and 1 (bottom), x to the right, y down.

const zero = curve(
  [0, -1],
  [0.45, -0.7],
  [0.6, 0],
  [0.45, 0.7],
  [0, 1],
  [-0.45, 0.7],
  [-0.6, 0],
  [-0.45, -0.7],
  [0, -1],
)

const oneStem = straight([0.1, -1], [0.1, 1])
const oneFlag = straight([-0.35, -0.6], [0.1, -1])
const oneFoot = straight([-0.3, 1], [0.5, 1])

const two = [
  curve(
    [-0.55, -0.55],
    [-0.36, -0.9],
    [0.05, -1],
    [0.46, -0.82],
    [0.5, -0.42],
    [0.25, 0.05],
    [-0.2, 0.55],
    [-0.6, 1],
  ),
  straight([-0.6, 1], [0.6, 1]),
]

const three = [
  curve([-0.5, -0.78], [-0.1, -1], [0.36, -0.86], [0.44, -0.5], [0.2, -0.16], [-0.12, -0.06]),
  curve([-0.12, -0.06], [0.34, 0.08], [0.56, 0.46], [0.38, 0.86], [-0.05, 1], [-0.55, 0.78]),
]

const closedFour = [straight([0.28, -1], [-0.62, 0.35], [0.62, 0.35]), straight([0.28, -1], [0.28, 1])]
const openFour = [straight([-0.42, -1], [-0.56, 0.15], [0.6, 0.15]), straight([0.36, -0.75], [0.3, 1])]

const five = [
  straight([0.5, -1], [-0.42, -1], [-0.48, -0.12]),
  curve([-0.48, -0.12], [-0.05, -0.3], [0.42, -0.1], [0.56, 0.35], [0.32, 0.84], [-0.1, 1], [-0.56, 0.8]),
]

const six = curve(
  [0.42, -1],
  [-0.05, -0.72],
  [-0.42, -0.15],
  [-0.55, 0.4],
  [-0.36, 0.86],
  [0.05, 1],
  [0.45, 0.82],
  [0.52, 0.4],
  [0.28, 0.04],
  [-0.12, 0.06],
  [-0.5, 0.42],
)

const seven = straight([-0.56, -1], [0.56, -1], [-0.12, 1])
const sevenBar = straight([-0.22, 0.02], [0.48, 0.02])

const eight = curve(
  [0, -0.08],
  [0.4, -0.4],
  [0.38, -0.8],
  [0, -1],
  [-0.38, -0.8],
  [-0.4, -0.4],
  [0, -0.08],
  [0.5, 0.3],
  [0.5, 0.76],
  [0, 1],
  [-0.5, 0.76],
  [-0.5, 0.3],
  [0, -0.08],
)

const nineTop: Point = [0.46, -0.55]
const nineLoop = curve(
  nineTop,
  [0.32, -0.9],
  [-0.02, -1],
  [-0.4, -0.86],
  [-0.52, -0.46],
  [-0.3, -0.08],
  [0.12, -0.06],
  nineTop,
)
const nineTail = straight(nineTop, [0.3, 1])
const nineHook = curve(nineTop, [0.48, 0.2], [0.28, 0.78], [-0.1, 1], [-0.45, 0.86])

/** The ten digits. A 1 has a flag or none, a 7 a bar or none, a 4 is open or closed, a 9 ends straight or in a hook. */
export const glyphs: readonly Glyph[] = [
  [[zero]],
  [[oneStem], [oneStem, oneFlag], [oneStem, oneFlag], [oneStem, oneFlag, oneFoot]],
  [two],
  [three],
  [closedFour, openFour],
  [five],
  [[six]],
  [[seven], [seven, sevenBar]],
  [[eight]],
  [
    [nineLoop, nineTail],
    [nineLoop, nineHook],
  ],
]
