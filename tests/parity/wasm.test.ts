import { expect, test } from 'vitest'
import { usePlatform } from '../../src/base/platform.js'
import type { Backend, Values } from '../../src/engine/backends/backend.js'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { wasmBackend } from '../../src/engine/backends/wasm/wasm.js'
import type { Graph } from '../../src/engine/graph/graph.js'
import { nodePlatform } from '../../src/node/platform.js'
import { expectSums, expectWithin, float32Chain, float32Steps } from './bounds.js'
import { type ParityCase, parityCases, referenceNet, referenceNetCase, sharedIsThere } from './cases.js'
import { recordCase } from './record-case.js'
import { trainReferenceNet } from './reference-net.js'

usePlatform(nodePlatform)

const rounded: Backend = {
  name: 'wasm, products rounded before they are added',
  open: (variables, options) => wasmBackend.open(variables, { ...options, deterministic: true }),
}

const run = async (backend: Backend, graph: Graph, inputs: Values): Promise<Values> =>
  (await (await backend.open([], { threads: 2 })).compile(graph)).run(inputs)

/** Every number of these families is a sum of products, so the rounding bound of the sum can be computed. */
const isSum = ({ name }: ParityCase): boolean => /^(conv2d|dense|depthwise|pool-average|separable)/.test(name)
const isChoice = ({ name }: ParityCase): boolean => /^pool-(max|min)/.test(name)

const absolute = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, numbers]) => [name, numbers.map(Math.abs)]))

async function check(parityCase: ParityCase, backend: Backend): Promise<void> {
  const { graph, inputs, expected, terms } = recordCase(parityCase)
  const outputs = await run(backend, graph, inputs)
  // With every number made positive, the same graph gives the sum of the products' sizes.
  const sizes = isSum(parityCase) ? await run(reference, graph, absolute(inputs)) : {}
  for (const [name, numbers] of Object.entries(expected))
    if (isSum(parityCase)) expectSums(terms[name]!, name, outputs[name]!, numbers, sizes[name]!)
    else if (isChoice(parityCase) && name === 'y') expect(outputs[name]).toEqual(numbers)
    else expectWithin(float32Chain(terms[name]!), name, outputs[name]!, numbers)
}

for (const parityCase of parityCases())
  test(`${parityCase.name}: the float32 kernels are PyTorch's, to the rounding of their sums`, async () => {
    await check(parityCase, wasmBackend)
    await check(parityCase, rounded)
  })

test.skipIf(!sharedIsThere).each([wasmBackend, rounded])(
  `${referenceNet}: five steps of SGD in float32 ($name) as PyTorch does them in float64 (needs ../shared/parity)`,
  async backend => {
    const { tensors, ...rest } = referenceNetCase()
    const { first, losses, after } = await trainReferenceNet({ tensors, ...rest }, backend)
    expectWithin(float32Steps, 'losses', losses, tensors.get('losses')!.data)
    for (const [name, numbers] of Object.entries({ ...first, ...after }))
      expectWithin(float32Steps, name, numbers, tensors.get(name)!.data)
  },
)
