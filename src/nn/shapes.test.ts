import { expect, test } from 'vitest'
import { formatShape } from '../base/shape.js'
import { modelFromName } from './models.js'
import { sequential } from './network.js'
import { formatShapes, shapes } from './shapes.js'

const network = sequential(modelFromName('dimensions').layers([32, 32, 3], 10))

test('the tutorial’s example of how sizes change', () => {
  expect(shapes(network).map(row => formatShape(row.output))).toEqual([
    '28×28×16',
    '14×14×16',
    '14×14×8',
    '7×7×8',
    '5×5×4',
    '100',
    '50',
    '10',
  ])
  expect(shapes(network)[0]).toEqual({
    name: 'conv2d',
    className: 'Conv2D',
    inputs: [[32, 32, 3]],
    output: [28, 28, 16],
    weights: 1216,
  })
})

test('as text, a line for each layer', () => {
  expect(formatShapes(shapes(network)).split('\n')).toEqual([
    'conv2d           Conv2D        32×32×3   → 28×28×16  1,216 weights',
    'max_pooling2d    MaxPooling2D  28×28×16  → 14×14×16',
    'conv2d_1         Conv2D        14×14×16  → 14×14×8   1,160 weights',
    'max_pooling2d_1  MaxPooling2D  14×14×8   → 7×7×8',
    'conv2d_2         Conv2D        7×7×8     → 5×5×4     292 weights',
    'flatten          Flatten       5×5×4     → 100',
    'dense            Dense         100       → 50        5,050 weights',
    'dense_1          Dense         50        → 10        510 weights',
  ])
  expect(formatShapes([])).toBe('')
})
