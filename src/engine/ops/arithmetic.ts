import { oneShape, take } from './inputs.js'
import type { Op } from './op.js'

export const add: Op<'add'> = {
  shape: (_, inputs) => oneShape('add', inputs, 'a', 'b'),
  meaning(_, inputs) {
    const [a, b] = take('add', inputs, 'a', 'b')
    return a.map((value, i) => value + b[i]!)
  },
  gradient: (_, __, dy) => [dy, dy],
}

export const multiply: Op<'multiply'> = {
  shape: (_, inputs) => oneShape('multiply', inputs, 'a', 'b'),
  meaning(_, inputs) {
    const [a, b] = take('multiply', inputs, 'a', 'b')
    return a.map((value, i) => value * b[i]!)
  },
  gradient(record, { inputs }, dy) {
    const [a, b] = take('multiply', inputs, 'a', 'b')
    return [record.apply('multiply', {}, [dy, b]), record.apply('multiply', {}, [dy, a])]
  },
}

export const scale: Op<'scale'> = {
  shape: (_, inputs) => oneShape('scale', inputs, 'x'),
  meaning({ factor }, inputs) {
    const [x] = take('scale', inputs, 'x')
    return x.map(value => factor * value)
  },
  gradient: (record, { attributes }, dy) => [record.apply('scale', attributes, [dy])],
}
