import { Pooling2D, type Pooling2DOptions } from './pooling2d.js'

/** The mean of each window; cells beyond the edge are not counted. */
export class AveragePooling2D extends Pooling2D {
  constructor(options: Pooling2DOptions = {}) {
    super('AveragePooling2D', 'average', options)
  }
}

export const averagePooling2d = (options: Pooling2DOptions = {}): AveragePooling2D =>
  new AveragePooling2D(options)
