import type { LayerOptions } from '../../layer.js'
import { GlobalPooling2D } from './global-pooling2d.js'

/** The largest number of each channel over the whole picture: `[N, H, W, C]` → `[N, C]`. Its gradient goes to the first of equals. */
export class GlobalMaxPooling2D extends GlobalPooling2D {
  constructor(options: LayerOptions = {}) {
    super('GlobalMaxPooling2D', 'max', options)
  }
}

export const globalMaxPooling2d = (options: LayerOptions = {}): GlobalMaxPooling2D =>
  new GlobalMaxPooling2D(options)
