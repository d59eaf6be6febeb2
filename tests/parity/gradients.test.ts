import { expect, test } from 'vitest'
import { Random } from '../../src/base/random.js'
import { sizeOf } from '../../src/base/shape.js'
import { evaluate } from '../../src/engine/backends/reference/evaluate.js'
import { differentiate } from '../../src/engine/graph/differentiate.js'
import { Graph } from '../../src/engine/graph/graph.js'
import type { OpName } from '../../src/engine/ops/attributes.js'
import { ops } from '../../src/engine/ops/table.js'
import { type GradientCase, gradientCases } from './gradient-cases.js'

// ⟨v, J u⟩ = ⟨Jᵀ v, u⟩ in float64: the left side by central differences, the right side by the recorded gradient.

const seed = Number(process.env.SEED ?? 1)
const step = 1e-5
/** Of the sum of |gradient · direction|: what central differences leave in float64, with a margin of about 100. */
const bound = 1e-7

type Numbers = Record<string, Float64Array>

interface Recorded {
  readonly graph: Graph
  /** The number of the value whose derivative is measured: the mean of v · y. */
  readonly loss: number
  /** The number of each gradient by the input's name; null where none was recorded. */
  readonly gradients: Readonly<Record<string, number | null>>
  readonly numbers: Numbers
}

function record(op: OpName, { about, inputs, build }: GradientCase): Recorded {
  const graph = new Graph()
  const entries = Object.entries(inputs)
  const values = Object.fromEntries(entries.map(([name, { shape }]) => [name, graph.input(name, shape)]))
  const y = build(graph, values)
  const weighted = graph.apply('multiply', {}, [y, graph.input('v', y.shape)])
  const loss = graph.apply('mean', {}, [weighted])
  const gradients = differentiate(graph, loss, Object.values(values))
  const numbers: Numbers = { one: Float64Array.of(1), v: draw(sizeOf(y.shape), op, about, 'v') }
  for (const [name, input] of entries) {
    const random = new Random(seed, op, about, name)
    numbers[name] = Float64Array.from({ length: sizeOf(input.shape) }, (_, i) => input.draw(random, i))
  }
  const ids = entries.map(([name], i) => [name, gradients[i]?.id ?? null] as const)
  return { graph, loss: loss.id, gradients: Object.fromEntries(ids), numbers }
}

function draw(length: number, ...key: readonly string[]): Float64Array {
  const random = new Random(seed, ...key)
  return Float64Array.from({ length }, () => random.normal())
}

const run = ({ graph }: Recorded, numbers: Numbers) => evaluate(graph, source => numbers[source.name]!)

/** The slope of the loss when `input` goes along `direction`. */
function measuredSlope(recorded: Recorded, input: string, direction: Float64Array): number {
  const at = (t: number) => {
    const moved = recorded.numbers[input]!.map((x, i) => x + t * direction[i]!)
    return run(recorded, { ...recorded.numbers, [input]: moved }).get(recorded.loss)![0]!
  }
  return (at(step) - at(-step)) / (2 * step)
}

function check(op: OpName, gradientCase: GradientCase, input: string): void {
  const recorded = record(op, gradientCase)
  const id = recorded.gradients[input]!
  const gradient = run(recorded, recorded.numbers).get(id)!
  const direction = draw(gradient.length, op, gradientCase.about, input, 'direction')
  const terms = gradient.map((slope, i) => slope * direction[i]!)
  const told = terms.reduce((sum, term) => sum + term, 0)
  const size = terms.reduce((sum, term) => sum + Math.abs(term), 0)
  const measured = measuredSlope(recorded, input, direction)
  const again = `SEED=${seed} npx vitest run tests/parity/gradients -t '${op}: ${gradientCase.about}'`
  expect(size, `d${input} vanishes: ${again}`).toBeGreaterThan(0)
  expect(Math.abs(told - measured), `d${input}: ${told} told, ${measured} measured: ${again}`).toBeLessThan(
    bound * size,
  )
}

for (const [name, cases] of Object.entries(gradientCases)) {
  const op = name as OpName
  test(`${op} is listed as differentiable exactly when it has a gradient`, () => {
    expect(ops[op].gradient === null).toBe(cases === 'not differentiated')
  })
  if (cases === 'not differentiated') continue
  for (const gradientCase of cases)
    test(`${op}: ${gradientCase.about}`, () => {
      const { graph, gradients } = record(op, gradientCase)
      expect(graph.nodes.map(node => node.op)).toContain(op)
      for (const [input, { moved }] of Object.entries(gradientCase.inputs)) {
        expect(gradients[input] !== null, `a gradient for ${input}`).toBe(moved)
        if (moved) check(op, gradientCase, input)
      }
    })
}
