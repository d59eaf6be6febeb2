import { FoveaError, MemoryError } from '../base/errors.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { Backend, Device, Program, Values, VariableSpec } from '../engine/backends/backend.js'
import type { Network } from '../nn/network.js'
import { stepTooLarge } from './batch-advice.js'
import type { Tensors } from './checkpoint.js'
import type { Compiled } from './compile.js'
import { networkTitle } from './network-title.js'
import { recordEvaluation, recordPrediction, recordTraining, type StepGraph, type StepKind } from './step.js'
import type { StepRecipe } from './step-recipe.js'
import { optimizedWeights } from './weights.js'

/** What a session is opened for. */
export interface SessionSetup {
  readonly network: Network
  /** Null before `compile`: such a session can only predict. */
  readonly compiled: Compiled | null
  readonly backend: Backend
  /** Default: as many as the backend finds good. */
  readonly threads?: number
  /** Whether all machines shall compute the same bits. */
  readonly deterministic: boolean
}

/** All numbers that training changes, away from any device. */
export interface Numbers {
  readonly weights: Tensors
  /** Slots of the optimizer; those that are missing are zeros. */
  readonly optimizer: Tensors
}

/** A compiled graph, which inputs it wants, and those that never change. */
export interface Step {
  readonly program: Program
  readonly inputs: readonly string[]
  readonly constants: Values
}

/** A network's numbers on a device, with the programs that were compiled for it: one a kind and batch size. */
export class Session {
  private readonly steps = new Map<string, Promise<Step>>()
  private queue: Promise<unknown> = Promise.resolve()
  private underWay = 0
  /** The numbers, once they are no longer on the device. */
  private rescued: Numbers | null = null

  private constructor(
    readonly setup: SessionSetup,
    readonly device: Device,
    private readonly slots: readonly VariableSpec[],
  ) {}

  /** Weights, then the optimizer's slots. */
  get variables(): readonly VariableSpec[] {
    return [...weightVariables(this.setup.network), ...this.slots]
  }

  /** All numbers are zero until they are written. */
  static async open(setup: SessionSetup): Promise<Session> {
    const slots = slotsOf(setup)
    const { network, backend, threads, deterministic } = setup
    const options = { deterministic, ...(threads !== undefined && { threads }) }
    const device = await backend.open([...weightVariables(network), ...slots], options).catch(error => {
      throw error instanceof MemoryError ? weightsTooLarge(network, error) : error
    })
    return new Session(setup, device, slots)
  }

  /** The program of this kind for so many rows, compiled when it is first asked for. */
  step(kind: StepKind | StepRecipe, rows: number): Promise<Step> {
    const recipe = typeof kind === 'string' ? this.recipe(kind) : kind
    const key = `${recipe.key}/${rows}`
    const known = this.steps.get(key)
    if (known) return known
    const step = this.compile(recipe.record(rows)).catch(error => {
      this.steps.delete(key) // the machine may have more memory to give another time
      throw error instanceof MemoryError ? this.explain(error, recipe, rows) : error
    })
    this.steps.set(key, step)
    return step
  }

  async compile(graph: StepGraph): Promise<Step> {
    const inputs = graph.sources.filter(source => source.kind === 'input').map(source => source.name)
    return { program: await this.device.compile(graph), inputs, constants: graph.constants }
  }

  /** Runs a step with those of `values` that it wants. Runs asked for at the same time follow each other. */
  run(step: Step, values: Values): Promise<Values> {
    return this.enqueue(() => step.program.run(wantedBy(step, values)))
  }

  /** Runs a step and measures each of its kernels, in milliseconds. */
  time(step: Step, values: Values): Promise<readonly number[]> {
    return this.enqueue(async () => {
      const times = await step.program.time?.(wantedBy(step, values))
      if (times) return times
      throw new FoveaError(
        `The backend "${this.setup.backend.name}" cannot measure its kernels.`,
        'Compile the model without a backend of its own, or plan without time.',
      )
    })
  }

  /** Copies of all numbers, as they are between runs. */
  read(): Numbers {
    if (this.rescued) return copyNumbers(this.rescued)
    this.expectRest()
    const copy = ({ name, shape }: VariableSpec) => [name, new Tensor(this.device.read(name), shape)] as const
    return {
      weights: new Map(weightVariables(this.setup.network).map(copy)),
      optimizer: new Map(this.slots.map(copy)),
    }
  }

  /**
   * Sets every weight, and every slot: those that are missing become zeros. When the device is lost they are kept here,
   * for threads that are about to end may still be writing to its memory.
   */
  write(numbers: Numbers): void {
    this.expectRest()
    if (this.device.lost) this.rescued = copyNumbers(numbers)
    else this.writeToDevice(numbers)
  }

  private writeToDevice({ weights, optimizer }: Numbers): void {
    for (const { name } of weightVariables(this.setup.network))
      this.device.write(name, weights.get(name)!.data)
    for (const { name, shape } of this.slots)
      this.device.write(name, optimizer.get(name)?.data ?? new Float32Array(sizeOf(shape)))
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.underWay++
    const result = this.queue.then(work).finally(() => this.underWay--)
    this.queue = result.catch(() => undefined)
    return result
  }

  private expectRest(): void {
    if (this.underWay > 0)
      throw new FoveaError(
        'Model: the weights are changing, because a step is under way.',
        'Await fit, evaluate and predict first; in the middle of training use a callback.',
      )
  }

  private explain(error: MemoryError, { what, record }: StepRecipe, rows: number): MemoryError {
    const bytesFor = (count: number) => this.device.bytesFor(record(count))
    return stepTooLarge(error, { title: networkTitle(this.setup.network), what, rows, bytesFor })
  }

  private recipe(kind: StepKind): StepRecipe {
    return { key: kind, what: stepWords[kind], record: rows => this.record(kind, rows) }
  }

  private record(kind: StepKind, rows: number): StepGraph {
    const { network, compiled } = this.setup
    if (kind === 'predict') return recordPrediction(network, rows)
    if (!compiled) throw new Error(`session: a step to ${kind} needs a compiled model`)
    return kind === 'train'
      ? recordTraining(network, compiled, rows)
      : recordEvaluation(network, compiled, rows)
  }
}

const stepWords: Readonly<Record<StepKind, string>> = {
  train: 'a training step',
  evaluate: 'an evaluation step',
  predict: 'a prediction step',
}

const weightsTooLarge = (network: Network, error: MemoryError): MemoryError =>
  new MemoryError(
    `${networkTitle(network)}: holding its weights and the optimizer's state`,
    error,
    error.limit === null
      ? 'Free some memory, or lift the limits of this process: WebAssembly sets about 10 GB of addresses aside (ulimit -v).'
      : 'Make the network smaller, or choose an optimizer that keeps less: sgd without momentum keeps nothing.',
    { cause: error },
  )

export const copyNumbers = ({ weights, optimizer }: Numbers): Numbers => ({
  weights: copyAll(weights),
  optimizer: copyAll(optimizer),
})

const copyAll = (tensors: Tensors): Tensors =>
  new Map([...tensors].map(([name, { data, shape }]) => [name, new Tensor(data.slice(), shape)]))

const wantedBy = ({ inputs, constants }: Step, values: Values): Values =>
  Object.fromEntries(inputs.map(name => [name, constants[name] ?? values[name]!]))

const weightVariables = (network: Network): readonly VariableSpec[] =>
  network.weights.map(({ name, spec }) => ({ name, shape: spec.shape }))

const slotsOf = ({ network, compiled }: SessionSetup): readonly VariableSpec[] =>
  compiled ? optimizedWeights(network).flatMap(weight => compiled.optimizer.slots(weight)) : []
