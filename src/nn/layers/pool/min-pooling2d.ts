import { Pooling2D, type Pooling2DOptions } from './pooling2d.js'

/** The smallest number of each window (not in Keras). Its gradient goes to the first of equal ones, row by row. */
export class MinPooling2D extends Pooling2D {
  constructor(options: Pooling2DOptions = {}) {
    super('MinPooling2D', 'min', options)
  }
}

export const minPooling2d = (options: Pooling2DOptions = {}): MinPooling2D => new MinPooling2D(options)
