import { expect, test } from 'vitest'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { expectWithin, float64, float64Trained } from './bounds.js'
import { parityCases, referenceNet, referenceNetCase, sharedIsThere } from './cases.js'
import { recordCase } from './record-case.js'
import { trainReferenceNet } from './reference-net.js'

const cases = parityCases()

test('there are cases of every family', () => {
  const families = new Set(cases.map(({ name }) => name.split('-')[0]))
  // biome-ignore format: one line for all
  expect([...families].sort()).toEqual([
    'batchnorm', 'conv2d', 'dense', 'depthwise', 'groupnorm', 'l1', 'layernorm', 'pool', 'separable', 'smoothed', 'softmax',
  ])
})

for (const parityCase of cases)
  test(`${parityCase.name}: the float64 meaning is PyTorch's`, async () => {
    const { graph, inputs, expected } = recordCase(parityCase)
    const program = await (await reference.open([])).compile(graph)
    const outputs = await program.run(inputs)
    for (const [name, numbers] of Object.entries(expected))
      expectWithin(float64, name, outputs[name]!, numbers)
  })

test.skipIf(!sharedIsThere)(
  `${referenceNet}: five steps of SGD as PyTorch does them (needs ../shared/parity)`,
  async () => {
    const parityCase = referenceNetCase()
    const expected = (name: string) => parityCase.tensors.get(name)!.data
    const { first, losses, after } = await trainReferenceNet(parityCase, reference)
    expectWithin(float64, 'losses', losses, expected('losses'))
    for (const [name, numbers] of Object.entries(first)) expectWithin(float64, name, numbers, expected(name))
    for (const [name, numbers] of Object.entries(after))
      expectWithin(float64Trained, name, numbers, expected(name))
  },
)
