import type { LayerOptions } from '../../layer.js'
import { GlobalPooling2D } from './global-pooling2d.js'

/** The mean of each channel over the whole picture: `[N, H, W, C]` → `[N, C]`. */
export class GlobalAveragePooling2D extends GlobalPooling2D {
  constructor(options: LayerOptions = {}) {
    super('GlobalAveragePooling2D', 'average', options)
  }
}

export const globalAveragePooling2d = (options: LayerOptions = {}): GlobalAveragePooling2D =>
  new GlobalAveragePooling2D(options)
