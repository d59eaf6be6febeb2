import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { show } from '../../nn/options/resolve.js'
import { adaptLayers } from '../adapt.js'
import type { AugmentConfig } from '../augmentation/step.js'
import type { Part } from '../batches.js'
import type { ClassWeight } from '../class-weight.js'
import { planFit } from '../fit-options.js'
import { checkWhole } from '../option-checks.js'
import { type Numbers, Session, type SessionSetup } from '../session.js'
import { Training } from '../training.js'
import { type Suggestions, suggest } from './suggest.js'
import { type Sweep, type SweepRequest, sweep } from './sweep.js'

export interface FindLearningRateOptions extends Partial<SweepRequest> {
  /** The lowest rate that is tried. Default 0.000001. */
  readonly from?: number
  /** The highest. Default 10. */
  readonly to?: number
  /** How many are tried: one training step each. Default 200. */
  readonly steps?: number
  /** Rows of one step; the rate that is good depends on it. Default 32. */
  readonly batchSize?: number
  /** As in `fit`. */
  readonly augment?: readonly AugmentConfig[]
  /** As in `fit`: weights that are larger on the whole want a lower rate. */
  readonly classWeight?: ClassWeight
  /** Fixes shuffling, dropout and augmentation. Default: the model's seed. */
  readonly seed?: number
  /** Threads that compute: at most, and by default, one for each core. */
  readonly threads?: number
}

/** What the loss was at every rate that was tried, and what follows from it. */
export type FoundLearningRate = Sweep & Suggestions

const optionNames: readonly (keyof FindLearningRateOptions)[] = [
  'from',
  'to',
  'steps',
  'batchSize',
  'augment',
  'classWeight',
  'seed',
  'threads',
  'signal',
  'onStep',
]

/** Sweeps on a device of its own: the model's numbers stay as they are. */
export async function findRate(
  setup: SessionSetup & { readonly compiled: NonNullable<SessionSetup['compiled']> },
  numbers: Numbers,
  data: Part,
  modelSeed: number,
  options: FindLearningRateOptions,
): Promise<FoundLearningRate> {
  const request = readRequest(options)
  const { batchSize, augment, classWeight, seed } = options
  const plan = planFit(setup.network, setup.compiled, data, modelSeed, {
    verbose: 0,
    ...(batchSize !== undefined && { batchSize }),
    ...(augment !== undefined && { augment }),
    ...(classWeight !== undefined && { classWeight }),
    ...(seed !== undefined && { seed }),
  })
  const { optimizer } = setup.compiled
  const { learningRate } = optimizer
  const session = await Session.open(setup)
  try {
    session.write({ ...numbers, optimizer: new Map() })
    await adaptLayers(session, plan.train.x, false)
    const found = await sweep(new Training(session, plan, { totalSteps: 0, totalEpochs: 0 }), request)
    return { ...found, ...suggest(found) }
  } finally {
    session.device.close()
    optimizer.learningRate = learningRate
  }
}

function readRequest(options: FindLearningRateOptions): SweepRequest {
  refuseUnknownOptions('findLearningRate', options, optionNames)
  const { from = 1e-6, to = 10, steps = 200, signal, onStep } = options
  checkWhole('findLearningRate', 'steps', steps, 10)
  if (!(Number.isFinite(from) && from > 0 && to > from && Number.isFinite(to)))
    throw new OptionError(
      `findLearningRate: from must be above 0 and to above it, but ${show(from)} and ${show(to)} came.`,
      'For example { from: 0.000001, to: 10 }.',
    )
  return { from, to, steps, ...(signal && { signal }), ...(onStep && { onStep }) }
}
