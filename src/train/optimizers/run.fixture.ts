import type { Backend } from '../../engine/backends/backend.js'
import { reference } from '../../engine/backends/reference/reference.js'
import { Graph } from '../../engine/graph/graph.js'
import type { Optimizer } from './optimizer.js'
import type { OptimizedWeight } from './updates.js'

/** Weights by name: at first, or their gradients of one step. */
export type Rows = Readonly<Record<string, readonly number[]>>

interface RunSettings {
  /** May change the rate. */
  readonly beforeStep?: (step: number) => void
  /** Default: the float64 reference. */
  readonly backend?: Backend
}

/** Feeds one weight its gradients, one a step, and returns what it is after each. Default shape: [its length]. */
export async function runOptimizer(
  optimizer: Optimizer,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  settings: RunSettings & { readonly shape?: readonly number[] } = {},
): Promise<number[][]> {
  const shapes = { w: settings.shape ?? [start.length] }
  const steps = gradients.map(w => ({ w }))
  const seen = await runWeights(optimizer, { w: start }, steps, { ...settings, shapes })
  return seen.map(weights => [...weights.w!])
}

/** The same with several weights, and their averages. `slots` are wanted beside them. */
export async function runWeights(
  optimizer: Optimizer,
  start: Rows,
  gradients: readonly Rows[],
  settings: RunSettings & { readonly shapes?: Rows; readonly slots?: readonly string[] } = {},
): Promise<Rows[]> {
  const { beforeStep, backend = reference, shapes, slots = [] } = settings
  const weights = Object.entries(start).map(([name, values]) => ({
    name,
    shape: shapes?.[name] ?? [values.length],
    trainable: true,
  }))
  optimizer.check(weights)
  const variables = [...weights, ...weights.flatMap(weight => optimizer.slots(weight))]
  const device = await backend.open(variables, { threads: 1, deterministic: true })
  for (const [name, values] of Object.entries(start)) device.write(name, Float32Array.from(values))
  const program = await device.compile(recordStep(optimizer, weights))
  const seen: Rows[] = []
  for (const [step, rows] of gradients.entries()) {
    beforeStep?.(step)
    const steps = gradients.length
    const place = { step, steps, stepsPerEpoch: steps, progress: step / steps }
    const named = Object.entries(rows).map(([name, values]) => [gradientOf(name), values] as const)
    const inputs = [...Object.entries(optimizer.coefficients(step, place)), ...named]
    await program.run(Object.fromEntries(inputs.map(([name, values]) => [name, Float32Array.from(values)])))
    const names = [...weights.map(({ name }) => name), ...slots]
    seen.push(Object.fromEntries(names.map(name => [name, [...device.read(name)]])))
  }
  return seen
}

const gradientOf = (weight: string): string => `gradient of ${weight}`

function recordStep(optimizer: Optimizer, weights: readonly OptimizedWeight[]): Graph {
  const graph = new Graph()
  const gradients = weights.map(({ name, shape }) => ({
    name,
    value: graph.variable(name, shape),
    gradient: graph.input(gradientOf(name), shape),
  }))
  optimizer.record(graph, gradients)
  const moved = weights.map(weight => ({ ...weight, value: graph.updates.get(weight.name) ?? null }))
  optimizer.averages?.record(graph, moved)
  return graph
}
