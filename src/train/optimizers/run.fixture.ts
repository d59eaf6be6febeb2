import { reference } from '../../engine/backends/reference/reference.js'
import { Graph } from '../../engine/graph/graph.js'
import type { Optimizer } from './optimizer.js'

/** Feeds one weight its gradients, one a step, and returns what it is after each. `beforeStep` may change the rate. */
export async function runOptimizer(
  optimizer: Optimizer,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  beforeStep: (step: number) => void = () => undefined,
): Promise<number[][]> {
  const shape = [start.length]
  const graph = new Graph()
  optimizer.record(
    graph,
    { name: 'w', value: graph.variable('w', shape), gradient: graph.input('gradient', shape) },
    slot => graph.variable(slot, shape),
    (name, length = 2) => graph.input(name, [length]),
  )
  const device = await reference.open([{ name: 'w', shape }, ...optimizer.slots('w', shape)])
  device.write('w', Float32Array.from(start))
  const program = await device.compile(graph)
  const seen: number[][] = []
  for (const [step, gradient] of gradients.entries()) {
    beforeStep(step)
    const coefficients = Object.entries(optimizer.coefficients(step)).map(
      ([name, values]) => [name, Float32Array.from(values)] as const,
    )
    await program.run({ ...Object.fromEntries(coefficients), gradient: Float32Array.from(gradient) })
    seen.push([...device.read('w')])
  }
  return seen
}
