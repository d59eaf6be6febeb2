import { expect, test } from 'vitest'
import { usePlatform } from '../../src/base/platform.js'
import { Random } from '../../src/base/random.js'
import { sizeOf } from '../../src/base/shape.js'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { wasmBackend } from '../../src/engine/backends/wasm/wasm.js'
import { differentiate } from '../../src/engine/graph/differentiate.js'
import { Graph } from '../../src/engine/graph/graph.js'
import { nodePlatform } from '../../src/node/platform.js'
import { parityCases } from './cases.js'
import { gradientCases } from './gradient-cases.js'
import { recordCase } from './record-case.js'

usePlatform(nodePlatform)
for (const c of parityCases())
  test(c.name, async () => {
    const { graph, inputs, expected } = recordCase(c)
    const program = await (await wasmBackend.open([], { threads: 2 })).compile(graph)
    const out = await program.run(inputs)
    for (const [n, e] of Object.entries(expected)) {
      const big = e.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
      const err = e.reduce((m, v, i) => Math.max(m, Math.abs(v - out[n]![i]!)), 0)
      expect(err / big, n).toBeLessThan(3e-6)
    }
  })
for (const [op, cases] of Object.entries(gradientCases))
  if (cases !== 'not differentiated')
    for (const c of cases)
      test(`${op} ${c.about}`, async () => {
        const graph = new Graph()
        const vals = Object.fromEntries(
          Object.entries(c.inputs).map(([n, i]) => [n, graph.input(n, i.shape)]),
        )
        const y = c.build(graph, vals)
        const loss = graph.apply('mean', {}, [graph.apply('multiply', {}, [y, graph.input('v', y.shape)])])
        const grads = differentiate(graph, loss, Object.values(vals))
        graph.output('y', y)
        Object.keys(vals).forEach((n, i) => grads[i] && graph.output(`d${n}`, grads[i]!))
        const r = new Random(1, op, c.about)
        const inputs: Record<string, Float32Array> = {
          one: Float32Array.of(1),
          v: Float32Array.from({ length: sizeOf(y.shape) }, () => r.normal()),
        }
        for (const [n, i] of Object.entries(c.inputs))
          inputs[n] = Float32Array.from({ length: sizeOf(i.shape) }, (_, k) => i.draw(r, k))
        const a = await (await (await reference.open([])).compile(graph)).run(inputs)
        const b = await (await (await wasmBackend.open([], { threads: 2 })).compile(graph)).run(inputs)
        for (const n of Object.keys(a)) {
          const big = a[n]!.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-9)
          const err = a[n]!.reduce(
            (m, v, i) => Math.max(m, Number.isNaN(b[n]![i]!) ? 9 : Math.abs(v - b[n]![i]!)),
            0,
          )
          expect(err / big, n).toBeLessThan(3e-6)
        }
      })
