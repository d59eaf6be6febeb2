// The data sets that are drawn, not read: all that can be had without files, in browsers too.
export { type DigitsOptions, digits } from './digits.js'
export { type ShapesOptions, shapes } from './shapes.js'
