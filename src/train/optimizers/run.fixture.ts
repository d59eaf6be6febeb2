import { reference } from '../../engine/backends/reference/reference.js'
import { Graph } from '../../engine/graph/graph.js'
import type { Optimizer } from './optimizer.js'

/** Weights by name: at first, or their gradients of one step. */
export type Rows = Readonly<Record<string, readonly number[]>>

/** Feeds one weight its gradients, one a step, and returns what it is after each. `beforeStep` may change the rate. */
export async function runOptimizer(
  optimizer: Optimizer,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  beforeStep: (step: number) => void = () => undefined,
  shape: readonly number[] = [start.length],
): Promise<number[][]> {
  const steps = gradients.map(w => ({ w }))
  const seen = await runWeights(optimizer, { w: start }, steps, { w: shape }, beforeStep)
  return seen.map(weights => [...weights.w!])
}

/** The same with several weights, their averages included; `slotsToo` names slots that are wanted beside them. */
export async function runWeights(
  optimizer: Optimizer,
  start: Rows,
  gradients: readonly Rows[],
  shapes: Rows = Object.fromEntries(Object.entries(start).map(([name, { length }]) => [name, [length]])),
  beforeStep: (step: number) => void = () => undefined,
  slotsToo: readonly string[] = [],
): Promise<Rows[]> {
  const weights = Object.entries(shapes).map(([name, shape]) => ({ name, shape, trainable: true }))
  optimizer.check(weights)
  const graph = new Graph()
  optimizer.record(
    graph,
    weights.map(({ name, shape }) => ({
      name,
      value: graph.variable(name, shape),
      gradient: graph.input(`gradient of ${name}`, shape),
    })),
  )
  const moved = (name: string) => graph.updates.get(name) ?? null
  optimizer.averages?.record(
    graph,
    weights.map(weight => ({ ...weight, value: moved(weight.name) })),
  )
  const slots = weights.flatMap(weight => optimizer.slots(weight))
  const device = await reference.open([...weights, ...slots])
  for (const [name, values] of Object.entries(start)) device.write(name, Float32Array.from(values))
  const program = await device.compile(graph)
  const seen: Rows[] = []
  for (const [step, rows] of gradients.entries()) {
    beforeStep(step)
    const place = { step, steps: gradients.length, stepsPerEpoch: gradients.length }
    const inputs = {
      ...optimizer.coefficients(step, place),
      ...Object.fromEntries(Object.entries(rows).map(([name, values]) => [`gradient of ${name}`, values])),
    }
    const floats = Object.entries(inputs).map(([name, values]) => [name, Float32Array.from(values)] as const)
    await program.run(Object.fromEntries(floats))
    const names = [...weights.map(({ name }) => name), ...slotsToo]
    seen.push(Object.fromEntries(names.map(name => [name, [...device.read(name)]])))
  }
  return seen
}
