import { filters } from './named-filters.js'
import type { Grid } from './planes.js'

/**
 * A picture of 5 × 5 bytes: a dark place in the upper left, brighter towards the lower right. The sharpening filter makes -74 of
 * it in the first step, -96 in the second and -43 in the ninth, and 315 in the sixth: below 0 and above 255.
 */
export const convolutionExample = {
  input: [
    [62, 58, 64, 71, 80],
    [56, 30, 26, 60, 120],
    [70, 84, 72, 140, 155],
    [96, 110, 118, 98, 148],
    [104, 115, 121, 127, 160],
  ],
  kernel: filters.sharpen.kernel,
} as const satisfies { readonly input: Grid; readonly kernel: Grid }

/** 4 × 4 cells for pooling. */
export const poolingExample = [
  [31, 57, 114, 105],
  [96, 78, 182, 75],
  [12, 44, 203, 160],
  [67, 25, 141, 198],
] as const satisfies Grid
