import type { Backend, Program, Values } from '../../engine/backends/backend.js'
import type { Callback } from '../callbacks/callback.js'
import { float32Reference } from '../tiny.fixture.js'

/** Seconds that things take on a clock that only they move. */
export interface Costs {
  /** Of a training step, by how many were made before. */
  step(done: number): number
  /** Of a batch that is evaluated. */
  readonly evaluation: number
}

/** A backend on which time passes as it is told, and nothing else passes it. */
export class TimedBackend implements Backend {
  readonly name = 'with a clock of its own'
  time = 1000
  /** What every training step was given. */
  readonly steps: Values[] = []

  constructor(private readonly costs: Costs) {}

  readonly clock = (): number => this.time

  async open(...given: Parameters<Backend['open']>) {
    const device = await float32Reference.open(...given)
    const { open: _, ...rest } = { open: null, ...device }
    return {
      ...rest,
      compile: async (graph: Parameters<typeof device.compile>[0]) => this.timed(await device.compile(graph)),
    }
  }

  private timed(program: Program): Program {
    const run: Program['run'] = inputs => {
      const trains = Object.keys(inputs).some(name => name.startsWith('sgd/'))
      this.time += trains ? this.costs.step(this.steps.length) : this.costs.evaluation
      if (trains) this.steps.push(inputs)
      return program.run(inputs)
    }
    return { ...program, run }
  }
}

/** Notes the learning rate of every step, and ends training after some. */
export function noteRates(rates: number[], stopAfter = Number.POSITIVE_INFINITY): Callback {
  return {
    onBatchEnd(_, { optimizer, stop }) {
      rates.push(optimizer.learningRate)
      if (rates.length >= stopAfter) stop()
    },
  }
}
