import { Pooling2D, type Pooling2DOptions } from './pooling2d.js'

/** The largest number of each window. Its gradient goes to the first of equal ones, row by row. */
export class MaxPooling2D extends Pooling2D {
  constructor(options: Pooling2DOptions = {}) {
    super('MaxPooling2D', 'max', options)
  }
}

export const maxPooling2d = (options: Pooling2DOptions = {}): MaxPooling2D => new MaxPooling2D(options)
