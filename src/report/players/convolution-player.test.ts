import fc from 'fast-check'
import { expect, test } from 'vitest'
import { literal } from '../../base/script-text.js'
import { convolution } from '../../explain/convolution.js'
import { convolutionExample } from '../../explain/examples.js'
import { shortNumber } from '../../viz/svg/numbers.js'
import { textsIn } from '../../viz/svg/texts.fixture.js'
import { convolutionPlayer } from './convolution-player.js'
import { drawStage } from './stage-script.js'
import { playedWalk } from './walk-script.js'

test('what the player computes is what explain.convolution computes', () => {
  const sizes = fc.record({
    H: fc.integer({ min: 1, max: 7 }),
    W: fc.integer({ min: 1, max: 7 }),
    R: fc.integer({ min: 1, max: 4 }),
    S: fc.integer({ min: 1, max: 4 }),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.constantFrom('same', 'valid'),
    bias: fc.integer({ min: -5, max: 5 }),
  })
  fc.assert(
    fc.property(sizes, ({ H, W, R, S, strides, padding, bias }) => {
      fc.pre(padding === 'same' || (R <= H && S <= W))
      const grid = (rows: number, columns: number, factor: number) =>
        Array.from({ length: rows }, (_, r) =>
          Array.from({ length: columns }, (_, c) => ((r * columns + c) * factor) % 101),
        )
      const numbers = { input: grid(H, W, 37), kernel: grid(R, S, 53), strides, padding, bias }
      const walk = convolution(numbers)
      const { padded, top, left, output } = playedWalk(numbers)
      expect(output).toEqual(walk.output)
      expect(padded).toEqual(walk.planes[0])
      expect([top, left]).toEqual([walk.pad.top, walk.pad.left])
    }),
  )
})

test('the stage shows the input, the weights, the filter, and the output so far', () => {
  const numbers = { ...convolutionExample, strides: [1, 1], padding: 'valid', bias: 0 } as const
  const { svg, products, sum } = drawStage(numbers, playedWalk(numbers), 1, shortNumber)
  const texts = textsIn(svg)
  expect(texts.filter(text => text.startsWith('×'))).toEqual(
    numbers.kernel.flat().map(weight => `×${weight}`),
  )
  expect(texts.slice(-9)).toEqual(['-74', '-96', '', '', '', '', '', '', ''])
  expect(products).toBe('0·58 + -1·64 + 0·71 + -1·30 + 5·26 + -1·60 + 0·84 + -1·72 + 0·140 =')
  expect(sum).toBe('-96')
})

test('without scripts the first step is seen', () => {
  const { html } = convolutionPlayer(convolutionExample)
  expect(textsIn(html).join(' ')).toContain('= -74')
  expect(html.match(/<input type="number"/g)).toHaveLength(25 + 9 + 1)
})

test('filters of another size are not offered', () => {
  const { html } = convolutionPlayer({ input: [[1, 2]], kernel: [[1, 2]] })
  expect(html).not.toContain('data-part="filter"')
})

test('what a page is told cannot end its script', () => {
  expect(literal('</script>')).toBe('"\\u003c/script>"')
  const { script } = convolutionPlayer({ ...convolutionExample, id: '</script>' })
  expect(script).not.toContain('</script')
})

test('says what does not fit, like explain.convolution', () => {
  expect(() => convolutionPlayer({ input: [[1]], kernel: [[1, 2]] })).toThrow(
    'convolution: a kernel of 1×2 with padding "valid" does not fit an input of 1×1.',
  )
})
