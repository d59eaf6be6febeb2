import { OptionError } from '../base/errors.js'
import { refuseUnknownOptions, unknownName } from '../base/nearest.js'
import { Random } from '../base/random.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { PlannedKernel, Values } from '../engine/backends/backend.js'
import type { Network } from '../nn/network.js'
import { Augmentation } from './augmentation/augmentation.js'
import type { AugmentConfig } from './augmentation/step.js'
import { besideBatch } from './beside.js'
import { checkFlag, checkWhole } from './option-checks.js'
import { type Numbers, Session, type SessionSetup, type Step } from './session.js'
import { type StepKind, stepInput, stepKinds } from './step.js'
import { trainStep } from './step-recipe.js'

export interface PlanOptions {
  /** Which step: `train` (loss, metrics and update), `evaluate` (loss and metrics) or `predict`. Default `train`. */
  readonly kind?: StepKind
  /** Rows of the step. Default 32. */
  readonly batchSize?: number
  /** Threads that compute. Default: one for each core. */
  readonly threads?: number
  /** What a training step does to its pictures first, as in `fit`. Default: nothing. */
  readonly augment?: readonly AugmentConfig[]
  /** Runs the step for about a second and measures every kernel. Default false. */
  readonly time?: boolean
}

/** Options with their defaults filled in and checked. */
export type PlanRequest = Required<Omit<PlanOptions, 'threads'>>

/** What one step computes, as plain data. */
export interface StepPlan {
  readonly kind: StepKind
  readonly batchSize: number
  /** For people: `WebAssembly SIMD, 2 threads`. */
  readonly device: string
  readonly threads: number
  /** In the order in which they run. */
  readonly kernels: readonly KernelPlan[]
  /** Multiplications and additions of the step. */
  readonly flop: number
  /** Bytes the step needs beside the variables: everything between input and update. */
  readonly bytes: number
  /** Weights and optimizer state. */
  readonly variables: { readonly numbers: number; readonly bytes: number }
  /** Where it was asked for. */
  readonly timing?: StepTiming
}

export interface KernelPlan extends PlannedKernel {
  /** Median of the runs, where it was measured. */
  readonly milliseconds?: number
}

export interface StepTiming {
  /** How often the step was measured. */
  readonly runs: number
  /** Of the whole step: the sum of its kernels. */
  readonly milliseconds: number
}

/** Runs before the first that counts: a runtime compiles what runs often a second time, and better. */
const warmUps = 3
const leastRuns = 5
const measuredMilliseconds = 1000

/** Refuses what no plan can be made for. */
export function planRequest(options: PlanOptions): PlanRequest {
  refuseUnknownOptions('plan', options, ['kind', 'batchSize', 'threads', 'time', 'augment'])
  const { kind = 'train', batchSize = 32, time = false, augment = [] } = options
  if (!stepKinds.includes(kind)) throw unknownName('kind of step', kind, stepKinds)
  checkWhole('plan', 'batchSize', batchSize, 1)
  checkFlag('plan', 'time', time)
  if (augment.length > 0 && kind !== 'train')
    throw new OptionError(
      `plan: augment belongs to a training step, but the kind is "${kind}".`,
      "Leave it out, or give kind: 'train'.",
    )
  return { kind, batchSize, time, augment }
}

/** Plans a step on a device of its own, which measuring may therefore change. */
export async function planStep(
  setup: SessionSetup,
  numbers: Numbers,
  { kind, batchSize, time, augment }: PlanRequest,
): Promise<StepPlan> {
  const session = await Session.open(setup)
  try {
    const augmentation = Augmentation.plan('plan', augment, noPictures(setup.network))
    const variant = { augmentation, classWeight: null }
    const recipe = augmentation ? trainStep(setup.network, setup.compiled!, variant) : kind
    const step = await session.step(recipe, batchSize)
    const { kernels, flop, bytes } = step.program
    const { device, variables } = session
    const count = variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    return {
      kind,
      batchSize,
      device: device.description,
      threads: device.threads,
      flop,
      bytes,
      variables: { numbers: count, bytes: count * Float32Array.BYTES_PER_ELEMENT },
      ...(time
        ? await measure(session, step, numbers, inputsFor(setup, batchSize, augmentation))
        : { kernels }),
    }
  } finally {
    session.device.close()
  }
}

/** Runs the same step again and again, from the same numbers. */
async function measure(
  session: Session,
  step: Step,
  numbers: Numbers,
  inputs: Values,
): Promise<Pick<StepPlan, 'kernels' | 'timing'>> {
  const time = () => {
    session.write(numbers)
    return session.time(step, inputs)
  }
  for (let run = 0; run < warmUps; run++) await time()
  const runs: (readonly number[])[] = []
  const end = performance.now() + measuredMilliseconds
  while (runs.length < leastRuns || performance.now() < end) runs.push(await time())
  const kernels = step.program.kernels.map((kernel, i) => ({
    ...kernel,
    milliseconds: median(runs.map(times => times[i]!)),
  }))
  const milliseconds = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0)
  return { kernels, timing: { runs: runs.length, milliseconds } }
}

/** The middle of some numbers; of an even count the lower of both. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!

/** Pictures of the network's size: what augmentation is planned for where there are no others. */
const noPictures = ({ inputShape }: Network): Tensor =>
  new Tensor(new Uint8Array(sizeOf(inputShape)), [1, ...inputShape]).scaled(1 / 255, -0.5)

/** Pictures like noise, and for each a class. */
function inputsFor(
  { network, compiled }: SessionSetup,
  rows: number,
  augmentation: Augmentation | null,
): Values {
  const random = new Random(0, 'plan')
  const pixels = rows * sizeOf(network.inputShape)
  return {
    [stepInput.x]: Float32Array.from({ length: pixels }, () => random.uniform(-0.5, 0.5)),
    [stepInput.target]: drawTargets(network, rows, random),
    ...(compiled &&
      besideBatch(compiled.optimizer, 0, 0, { step: 0, steps: 1, stepsPerEpoch: 1, progress: 0 })),
    ...augmentation?.draw({ seed: 0, epoch: 0, step: 0, rows: [...Array(rows).keys()] }),
  }
}

function drawTargets({ outputShape }: Network, rows: number, random: Random): Float32Array {
  const classes = sizeOf(outputShape)
  const targets = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) targets[row * classes + random.integer(classes)] = 1
  return targets
}
