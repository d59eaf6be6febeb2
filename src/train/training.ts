import { Random } from '../base/random.js'
import type { Values } from '../engine/backends/backend.js'
import { type Batches, batchesOf } from './batches.js'
import { besideBatch, dropoutRange } from './beside.js'
import { TimeBudget } from './budget/time-budget.js'
import type { Callback } from './callbacks/callback.js'
import { restoreStates, statesOf } from './callbacks/states.js'
import type { Checkpoint, Tensors, TrainingState } from './checkpoint.js'
import { type FitPlan, stepsPerEpoch } from './fit-options.js'
import { History } from './history.js'
import type { Optimizer } from './optimizers/optimizer.js'
import { RunningMeans } from './running-means.js'
import type { SchedulePlace } from './schedules/schedule.js'
import { ScheduledRate } from './schedules/scheduled-rate.js'
import type { Session } from './session.js'
import type { StepKind } from './step.js'
import { type StepRecipe, trainStep } from './step-recipe.js'

/** What is counted over every `fit` since `compile`: the optimizer's age. */
export interface Counters {
  totalSteps: number
  totalEpochs: number
}

/** How far training is. */
export interface Place extends Readonly<Counters> {
  readonly epoch: number
  readonly step: number
}

/** Where one `fit` stands: all that a checkpoint must hold, and what follows from it. */
export class Training {
  readonly history: History
  /** The epoch under way, from 0. */
  epoch: number
  /** Steps of it that are done. */
  step: number
  means: RunningMeans
  bestWeights: Tensors | null
  private readonly dropoutSeed: number
  /** What `counters.totalSteps` was when this training began. */
  private readonly stepsBefore: number
  private readonly rate: ScheduledRate
  /** Null where epochs alone say when training ends. */
  readonly budget: TimeBudget | null

  constructor(
    readonly session: Session,
    readonly plan: FitPlan,
    readonly counters: Counters,
  ) {
    const { state, bestWeights } = plan.options.resume ?? {}
    this.history = state ? History.from(state) : new History()
    this.epoch = state?.epoch ?? 0
    this.step = state?.step ?? 0
    this.means = new RunningMeans(state?.sums)
    this.bestWeights = bestWeights ?? null
    restoreStates(this.callbacks, state?.callbacks)
    this.rate = new ScheduledRate(this.optimizer)
    this.dropoutSeed = new Random(plan.seed, 'dropout').uint32() % dropoutRange
    if (state) {
      counters.totalSteps = state.totalSteps
      counters.totalEpochs = state.totalEpochs
      this.optimizer.learningRate = state.learningRate
    }
    // Epochs do not tell the steps where a budget has cut the last one short.
    const done = state?.budget?.steps ?? this.epoch * this.stepsPerEpoch + this.step
    this.stepsBefore = counters.totalSteps - done
    this.budget = budgetOf(plan, done)
  }

  get optimizer(): Optimizer {
    return this.session.setup.compiled!.optimizer
  }

  get callbacks(): readonly Callback[] {
    return this.plan.options.callbacks ?? []
  }

  /** The training batches of the epoch under way. */
  batches(): Batches {
    const { train, batchSize, shuffle, seed, augmentation } = this.plan
    const order = shuffle
      ? new Random(seed, 'shuffle', this.counters.totalEpochs).permutation(train.x.rows)
      : undefined
    const epoch = this.counters.totalEpochs
    const chances = (step: number, rows: Uint32Array) => augmentation?.draw({ seed, epoch, step, rows }) ?? {}
    return batchesOf(this.session.setup.network, train, batchSize, order, chances)
  }

  /** The step that trains: with augmentation or class weights it is another one. */
  get trainStep(): StepKind | StepRecipe {
    const { network, compiled } = this.session.setup
    return trainStep(network, compiled!, this.plan)
  }

  /** What the next step needs beside its batch. A schedule sets the learning rate here. */
  beside(): Values {
    this.rate.follow(this.schedulePlace)
    return this.besideAsItIs()
  }

  /** The same without a look at the schedule, for what is no step of training. */
  besideAsItIs(): Values {
    return besideBatch(this.optimizer, this.counters.totalSteps, this.dropoutSeed, this.schedulePlace)
  }

  /** Where the next step stands in this `fit`. */
  get schedulePlace(): SchedulePlace {
    const { stepsPerEpoch, budget, totalStep: step } = this
    if (budget)
      return { step, steps: budget.plannedSteps(step), stepsPerEpoch, progress: budget.progressAt(step) }
    const steps = this.plan.epochs * stepsPerEpoch
    return { step, steps, stepsPerEpoch, progress: step / steps }
  }

  /** Steps of this training that are done. */
  get totalStep(): number {
    return this.counters.totalSteps - this.stepsBefore
  }

  /** Whether a time budget leaves no further step. */
  get isTimeOver(): boolean {
    return this.budget?.stepsLeft(this.totalStep) === 0
  }

  /** Whether training has come to its planned end, and its last epoch is measured. */
  get isDone(): boolean {
    return this.epoch >= this.plan.epochs || (this.isTimeOver && this.step === 0)
  }

  get stepsPerEpoch(): number {
    return stepsPerEpoch(this.plan)
  }

  get place(): Place {
    const { epoch, step } = this
    return { epoch, step, ...this.counters }
  }

  /** The numbers are those of this place again. */
  goTo({ epoch, step, totalSteps, totalEpochs }: Place): void {
    this.epoch = epoch
    this.step = step
    this.counters.totalSteps = totalSteps
    this.counters.totalEpochs = totalEpochs
  }

  /** One step is done. */
  advance(): void {
    this.step++
    this.counters.totalSteps++
  }

  /** The epoch under way is done. */
  finishEpoch(): void {
    this.epoch++
    this.step = 0
    this.counters.totalEpochs++
    this.means = new RunningMeans()
  }

  /** Gives the model the weights of its best epoch; the optimizer stays. */
  restoreBest(): void {
    if (this.bestWeights) this.session.write({ ...this.session.read(), weights: this.bestWeights })
  }

  checkpoint(): Checkpoint {
    const best = this.bestWeights ? { bestWeights: this.bestWeights } : {}
    return { ...this.session.read(), state: this.state(), ...best }
  }

  private state(): TrainingState {
    const { seed, batchSize, train, augmentation, classWeight } = this.plan
    const callbacks = statesOf(this.callbacks)
    return {
      seed,
      batchSize,
      trainRows: train.x.rows,
      augment: augmentation?.steps ?? [],
      ...(classWeight && { classWeight }),
      epoch: this.epoch,
      step: this.step,
      ...this.counters,
      learningRate: this.optimizer.learningRate,
      sums: this.means.snapshot(),
      ...this.history.snapshot(),
      ...(this.budget && { budget: this.budget.state(this.totalStep) }),
      ...(Object.keys(callbacks).length > 0 && { callbacks }),
    }
  }
}

function budgetOf(plan: FitPlan, step: number): TimeBudget | null {
  const { budget: seconds, epochs, clock, startedAt, options } = plan
  if (seconds === null) return null
  const perEpoch = stepsPerEpoch(plan)
  const terms = { seconds, stepsPerEpoch: perEpoch, mostSteps: epochs * perEpoch, clock, startedAt }
  return new TimeBudget(terms, options.resume?.state.budget ?? null, step)
}
