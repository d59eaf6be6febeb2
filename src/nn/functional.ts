import type { SymbolicTensor } from './layer.js'
import { InputLayer, type InputLayerOptions } from './layers/input-layer.js'

/** Where a functional network begins: `input({ shape: [32, 32, 3] })`. Layers are put behind it with `apply`. */
export const input = (options: InputLayerOptions): SymbolicTensor => new InputLayer(options).apply([])
