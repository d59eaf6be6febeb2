import type { Padding } from '../engine/ops/window.js'
import type { Pair } from './options/rules.js'

/** A window as a layer's options say it, and the option that gives its size. Pairs are [vertical, horizontal]. */
export interface LayerWindow {
  readonly option: 'kernelSize' | 'poolSize'
  readonly kernel: Pair
  readonly strides: Pair
  readonly dilation: Pair
  readonly padding: Padding
}
