import { FoveaError } from '../base/errors.js'
import { refuseUnknownOptions } from '../base/nearest.js'
import type { Rows } from '../base/rows.js'
import { sizeOf } from '../base/shape.js'
import type { Scaling, Tensor } from '../base/tensor.js'
import type { Backend } from '../engine/backends/backend.js'
import { defaultBackend } from '../engine/backends/select.js'
import type { Layer, SymbolicTensor } from '../nn/layer.js'
import { functional, initialWeights, Network, type NetworkWeight } from '../nn/network.js'
import { formatShapes, shapes } from '../nn/shapes.js'
import { type SummaryOptions, summary } from '../nn/summary/summary.js'
import {
  type ActivationBatch,
  type ActivationOptions,
  activationBatches,
  activationRequest,
  activationsOfRows,
} from './activations.js'
import { adaptLayers, refuseUnadapted } from './adapt.js'
import { type Attention, type AttentionOptions, attentionOfRows, attentionRequest } from './attention.js'
import type { Tensors } from './checkpoint.js'
import { checkInput, checkPart } from './checks.js'
import { type Compiled, type CompileOptions, resolveCompile } from './compile.js'
import { type Evaluation, evaluateRows } from './evaluate.js'
import { runFit } from './fit.js'
import { checkSchedules, type FitOptions, planFit } from './fit-options.js'
import type { History } from './history.js'
import { type FindLearningRateOptions, type FoundLearningRate, findRate } from './learning-rate/find.js'
import { networkTitle } from './network-title.js'
import { NumberStore } from './number-store.js'
import type { Optimizer } from './optimizers/optimizer.js'
import { checkFlag, checkWhole } from './option-checks.js'
import { type PlanOptions, planRequest, planStep, type StepPlan } from './plan.js'
import { predictRows } from './predict.js'
import type { Session, SessionSetup } from './session.js'
import { type TestTime, viewsOf } from './test-time/views.js'
import { withinCores } from './threads.js'
import { Training } from './training.js'
import { checkWeights, countOptimizerParams, optimizedWeights } from './weights.js'

export interface ModelOptions {
  /** Fixes the first weights, shuffling and dropout. Default: another one each time; `fit` reports it. */
  readonly seed?: number
  /**
   * Products are rounded before they are added, so that every machine and every runtime computes the same bits. Default
   * false: fused multiply-add where there is one, which is faster and rounds once; the bits then depend on the
   * processor, but never on the number of threads.
   */
  readonly deterministic?: boolean
}

/** A network between symbolic values: `new Model({ inputs: x, outputs: y })`. */
export interface FunctionalOptions extends ModelOptions {
  readonly inputs: SymbolicTensor | readonly SymbolicTensor[]
  readonly outputs: SymbolicTensor | readonly SymbolicTensor[]
  readonly name?: string
}

/** How rows go through a model that is not trained. */
export interface RunOptions {
  /** Rows of one step. Default 32; the results do not depend on it. */
  readonly batchSize?: number
  /** Threads that compute, one for each core at most. Default: as before, at first as many. */
  readonly threads?: number
  /**
   * `flip`: the answer is the mean of what the network says of a picture and of its mirror image. `flip+shift`: of these
   * and of both moved by a pixel. Takes twice, or six times as long. Default `none`.
   */
  readonly testTime?: TestTime
}

/**
 * A network with numbers: it can be trained, measured and asked. Needs no disposal.
 *
 * Weights are drawn from the seed when the model is made; they move to a device when something is first computed.
 */
export class Model {
  readonly network: Network
  readonly seed: number
  readonly deterministic: boolean
  /** What a stored number of x stood for in the last `fit`; saved with the model. Null before. */
  preprocessing: Scaling | null = null
  private readonly store: NumberStore
  private compiled: Compiled | null = null
  private backend: Backend | null = null
  private counters = { totalSteps: 0, totalEpochs: 0 }
  private best: Tensors | null = null
  private fitting = false
  /** What is being computed besides. */
  private running = 0

  constructor(network: Network | FunctionalOptions, options: ModelOptions = {}) {
    const { seed = randomSeed(), deterministic = false } = network instanceof Network ? options : network
    checkWhole('Model', 'seed', seed, 0)
    checkFlag('Model', 'deterministic', deterministic)
    this.network = network instanceof Network ? network : functional(network)
    this.seed = seed
    this.deterministic = deterministic
    this.store = new NumberStore({ weights: initialWeights(this.network, seed), optimizer: new Map() })
  }

  get name(): string {
    return this.network.name
  }

  get layers(): readonly Layer[] {
    return this.network.calls.map(call => call.layer)
  }

  /** What weights there are; their numbers come from `getWeights()`. */
  get weights(): readonly NetworkWeight[] {
    return this.network.weights
  }

  /** The optimizer that `compile` was given; null before. */
  get optimizer(): Optimizer | null {
    return this.compiled?.optimizer ?? null
  }

  /** Numbers in all weights. */
  countParams(): number {
    return this.network.weights.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0)
  }

  /** The chain of sizes, a line for each layer. */
  shapes(): string {
    return formatShapes(shapes(this.network))
  }

  /** The table of all layers, as text; it is printed too, unless `print: false`. */
  summary({ print = true, ...options }: SummaryOptions & { readonly print?: boolean } = {}): string {
    const built = this.compiled && this.counters.totalSteps > 0
    const text = summary(this.network, {
      ...(built && { optimizerParams: countOptimizerParams(this.network, this.compiled!) }),
      ...options,
    })
    if (print) console.log(text)
    return text
  }

  /** Copies of all weights by name, `conv2d/kernel` first. */
  getWeights(): Map<string, Tensor<Float32Array>> {
    return new Map(this.store.read().weights)
  }

  /** Replaces all weights. Names and shapes must be the network's. */
  setWeights(weights: Tensors): void {
    checkWeights(this.network, weights)
    this.store.write({ ...this.store.read(), weights })
  }

  /** Goes back to the weights of the best epoch of the last `fit`. */
  restoreBest(): void {
    if (!this.best)
      throw new FoveaError(
        `${networkTitle(this.network)} has no best epoch to go back to.`,
        'Call fit first, for at least one epoch.',
      )
    this.setWeights(this.best)
  }

  /** Says what training minimises and how. Calling it again begins with a fresh optimizer; the weights stay. */
  compile(options: CompileOptions): void {
    const compiled = resolveCompile(options)
    compiled.optimizer.check(optimizedWeights(this.network))
    this.compiled = compiled
    this.backend = options.backend ?? this.backend
    this.counters = { totalSteps: 0, totalEpochs: 0 }
  }

  /**
   * Lets layers that compute weights from data (`normalization`, `patchWhitening`) see up to 2,000 rows of `x` [N, …inputShape],
   * spread evenly over all. `fit` does so with its training rows for layers that have not been adapted yet; call this to
   * use a model without training, or to adapt again to other data.
   */
  async adapt(x: Rows, { threads }: Pick<RunOptions, 'threads'> = {}): Promise<void> {
    checkInput(this.network, 'x', x)
    await adaptLayers(await this.open(threads), x, true)
  }

  /**
   * Trains on `x` [N, …inputShape] and `y`: class numbers [N] or [N, 1], or rows like the network's output.
   * Called again it goes on with weights and optimizer as they are. When a thread dies, they go back to those of a step
   * shortly before, which the error names.
   */
  async fit(x: Rows, y: Tensor, options: FitOptions = {}): Promise<History> {
    const compiled = this.needCompiled('fit')
    const plan = planFit(this.network, compiled, { x, y }, this.seed, options)
    checkSchedules(plan, compiled)
    if (this.fitting) throw new FoveaError('Model: fit is already under way.', 'Await it before the next.')
    this.fitting = true
    try {
      const session = await this.open(options.threads)
      if (options.resume) session.write(options.resume)
      await adaptLayers(session, plan.train.x, false)
      const training = new Training(session, plan, this.counters)
      this.preprocessing = x.scaling
      return await runFit(training).finally(() => {
        this.best = training.bestWeights
      })
    } finally {
      this.fitting = false
    }
  }

  /** `[loss, ...metrics]`, means over all rows in inference mode; penalties on weights are in the loss, as in training. */
  async evaluate(x: Rows, y: Tensor, options: RunOptions = {}): Promise<number[]> {
    return Object.values((await this.evaluateDetailed(x, y, options)).logs)
  }

  /** Beside the means each row's loss, and the class it is taken for. */
  async evaluateDetailed(x: Rows, y: Tensor, options: RunOptions = {}): Promise<Evaluation> {
    const { batchSize, threads, testTime } = readRunOptions('evaluate', options)
    checkPart(this.network, this.needCompiled('evaluate'), { x, y }, ['x', 'y'])
    const views = viewsOf(testTime, this.network.inputShape)
    return this.run(threads, session => evaluateRows(session, { x, y }, batchSize, views))
  }

  /** What the network says about every row of `x` [N, …inputShape]: [N, …outputShape]. */
  async predict(x: Rows, options: RunOptions = {}): Promise<Tensor<Float32Array>> {
    const { batchSize, threads, testTime } = readRunOptions('predict', options)
    checkInput(this.network, 'x', x)
    const views = viewsOf(testTime, this.network.inputShape)
    return this.run(threads, session => predictRows(session, x, batchSize, views))
  }

  /**
   * What layers make of every row of `x` [N, …inputShape], in inference mode: by the layer's name [N, …shape of its output].
   * All of it is kept in memory; `activationBatches` gives it batch by batch.
   */
  async activations(x: Rows, options: ActivationOptions = {}): Promise<Map<string, Tensor<Float32Array>>> {
    const request = activationRequest(this.network, x, options)
    return this.run(options.threads, session => activationsOfRows(session, x, request))
  }

  /** The same batch by batch, for many pictures: `for await (const { from, activations } of model.activationBatches(x))`. */
  async *activationBatches(x: Rows, options: ActivationOptions = {}): AsyncGenerator<ActivationBatch, void> {
    const request = activationRequest(this.network, x, options)
    this.running++
    try {
      yield* activationBatches(await this.openToRun(options.threads), x, request)
    } finally {
      this.running--
    }
  }

  /**
   * Where the network looks: for every row of `x` [N, …inputShape] what its last convolution (or `layer`) saw, and the gradient
   * of the score of a class with respect to it. `explain.focus` makes maps of it.
   */
  async attention(x: Rows, options: AttentionOptions = {}): Promise<Attention> {
    const request = attentionRequest(this.network, x, options)
    return this.run(options.threads, session => attentionOfRows(session, x, request))
  }

  /**
   * What one step computes, kernel by kernel, and with `time` how long that takes. It has memory of its own: the
   * model's numbers stay as they are.
   */
  async plan(options: PlanOptions = {}): Promise<StepPlan> {
    const request = planRequest(options)
    const compiled = request.kind === 'predict' ? null : this.needCompiled('plan')
    return planStep({ ...this.setup(options.threads), compiled }, this.store.read(), request)
  }

  /** For everything but training. */
  private async run<T>(threads: number | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    this.running++
    try {
      return await work(await this.openToRun(threads))
    } finally {
      this.running--
    }
  }

  private async openToRun(threads: number | undefined): Promise<Session> {
    const session = await this.open(threads)
    refuseUnadapted(session)
    return session
  }

  /**
   * Which learning rate to begin with: trains for some steps with ever larger rates until the loss rises, and reads the
   * curve (Smith 2015, "Cyclical Learning Rates", arXiv 1506.01186). The optimizer's own rate and schedule are left aside.
   * Everything happens in memory of its own: weights, optimizer and counters of the model stay as they are.
   *
   * @throws OptionError for data and options that `fit` would refuse, or where `to` is not above `from`
   */
  async findLearningRate(
    x: Rows,
    y: Tensor,
    options: FindLearningRateOptions = {},
  ): Promise<FoundLearningRate> {
    const compiled = this.needCompiled('findLearningRate')
    return findRate(
      { ...this.setup(options.threads), compiled },
      this.store.read(),
      { x, y },
      this.seed,
      options,
    )
  }

  /**
   * Gives the memory it computes in back at once, for other models. Nothing is lost, and the model can be used again at any time.
   * There is no need to: a model that nobody can reach any more gives it back by itself.
   *
   * @throws FoveaError where something is being computed
   */
  async rest(): Promise<void> {
    if (this.fitting || this.running > 0)
      throw new FoveaError('Model: something is being computed.', 'Await it before the model rests.')
    await this.store.rest()
  }

  private open(threads: number | undefined): Promise<Session> {
    return this.store.open(this.setup(threads))
  }

  private setup(threads: number | undefined): SessionSetup {
    if (threads !== undefined) checkWhole('Model', 'threads', threads, 1)
    const { network, compiled, deterministic } = this
    this.backend ??= defaultBackend()
    return {
      network,
      compiled,
      backend: this.backend,
      deterministic,
      ...(threads !== undefined && { threads: withinCores(threads) }),
    }
  }

  private needCompiled(what: string): Compiled {
    if (this.compiled) return this.compiled
    throw new FoveaError(
      `${networkTitle(this.network)} is not compiled, but ${what} needs a loss.`,
      "Call model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' }) first.",
    )
  }
}

function readRunOptions(who: string, options: RunOptions) {
  refuseUnknownOptions(who, options, ['batchSize', 'threads', 'testTime'])
  const { batchSize = 32, threads, testTime = 'none' } = options
  checkWhole(who, 'batchSize', batchSize, 1)
  return { batchSize, threads, testTime }
}

const randomSeed = (): number => Math.floor(Math.random() * 2 ** 32)
