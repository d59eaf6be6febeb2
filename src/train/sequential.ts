import type { Layer } from '../nn/layer.js'
import { sequential } from '../nn/network.js'
import { Model, type ModelOptions } from './model.js'

/** Layers one behind the other; the first says `inputShape: [H, W, C]`. Name by default `sequential`. */
export class Sequential extends Model {
  constructor(
    layers: readonly Layer[],
    { name, ...options }: ModelOptions & { readonly name?: string } = {},
  ) {
    super(sequential(layers, name), options)
  }
}
