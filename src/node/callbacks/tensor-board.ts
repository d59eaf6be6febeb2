import { join } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import type { Callback, CallbackContext } from '../../train/callbacks/callback.js'
import type { BeginEvent, EpochEvent, StepEvent } from '../../train/events.js'
import { checkWhole } from '../../train/option-checks.js'
import { type Distribution, restartEvent, type Scalar, summaryEvent } from '../tensorboard/event.js'
import { EventFile } from '../tensorboard/event-file.js'
import { histogramOf } from '../tensorboard/histogram.js'

export interface TensorBoardOptions {
  /**
   * Where the event files go: in `train`, `validation` and `train_eval` what belongs to epochs, in `steps` what belongs to
   * steps. Give each training its own. Look at it with `tensorboard --logdir FOLDER`.
   */
  readonly folder: string
  /** Also writes the running means and the learning rate every so many steps. Default: at the end of epochs only. */
  readonly everySteps?: number
  /** Writes the distribution of every weight each so many epochs. Default 0: never. */
  readonly histograms?: number
  /** The clock, in seconds since 1970. Default: the machine's. */
  readonly now?: () => number
}

/** Parts of an epoch's logs by the folders they are drawn from, so that a curve and its validation share a chart. */
const parts = [
  { prefix: 'val_', run: 'validation' },
  { prefix: 'train_eval_', run: 'train_eval' },
  { prefix: '', run: 'train' },
] as const

/** Steps and epochs count differently, and where training goes on TensorBoard forgets by the count. */
type Run = (typeof parts)[number]['run'] | 'steps'

class TensorBoard implements Callback {
  readonly name = 'tensorBoard'
  private readonly files = new Map<Run, EventFile>()
  private begin: BeginEvent | null = null

  constructor(private readonly options: Required<TensorBoardOptions>) {}

  onTrainBegin(event: BeginEvent): void {
    this.begin = event
    this.files.clear()
  }

  async onBatchEnd({ epoch, step, logs }: StepEvent, { optimizer }: CallbackContext): Promise<void> {
    const { everySteps } = this.options
    const place = epoch * this.begin!.stepsPerEpoch + step
    if (everySteps === 0 || place % everySteps !== 0) return
    const { learningRate } = optimizer
    const scalars = scalarsOf('batch', { ...logs, learning_rate: learningRate })
    await this.write('steps', place, scalars)
  }

  async onEpochEnd({ epoch, logs }: EpochEvent, context: CallbackContext): Promise<void> {
    for (const { run, prefix } of parts) {
      const scalars = scalarsOf('epoch', logsOf(prefix, logs))
      const distributions = run === 'train' ? this.distributions(epoch, context) : []
      if (scalars.length > 0) await this.write(run, epoch, scalars, distributions)
    }
  }

  private distributions(epoch: number, context: CallbackContext): Distribution[] {
    const { histograms } = this.options
    if (histograms === 0 || epoch % histograms !== 0) return []
    return [...context.weights()].map(([tag, { data }]) => ({ tag, histogram: histogramOf(data) }))
  }

  private async write(
    run: Run,
    step: number,
    scalars: readonly Scalar[],
    distributions: readonly Distribution[] = [],
  ): Promise<void> {
    const file = this.files.get(run) ?? (await this.open(run, step))
    await file.append([summaryEvent(this.options.now(), step, scalars, distributions)])
  }

  /** A resumed training says where it goes on: TensorBoard then forgets what was drawn beyond. */
  private async open(run: Run, step: number): Promise<EventFile> {
    const now = this.options.now()
    const file = await EventFile.create(join(this.options.folder, run), now)
    if (this.begin!.initialEpoch > 0) await file.append([restartEvent(now, step)])
    this.files.set(run, file)
    return file
  }
}

/** The logs of one part, without its prefix. */
function logsOf(prefix: string, logs: EpochEvent['logs']): EpochEvent['logs'] {
  const mine = (key: string) => parts.find(part => key.startsWith(part.prefix))!.prefix === prefix
  return Object.fromEntries(
    Object.entries(logs)
      .filter(([key]) => mine(key))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  )
}

const scalarsOf = (what: 'epoch' | 'batch', logs: EpochEvent['logs']): Scalar[] =>
  Object.entries(logs).map(([key, value]) => ({ tag: `${what}_${key}`, value }))

/**
 * Writes event files that TensorBoard draws: `epoch_loss` and other logs with Keras' names, one run for training and one
 * for validation.
 */
export function tensorBoard(given: TensorBoardOptions): Callback {
  refuseUnknownOptions('tensorBoard', given, ['folder', 'everySteps', 'histograms', 'now'])
  const options = { everySteps: 0, histograms: 0, now: () => Date.now() / 1000, ...given }
  if (typeof options.folder !== 'string' || options.folder === '')
    throw new OptionError(
      `tensorBoard: folder must be a folder's path, but ${JSON.stringify(options.folder)} came.`,
      'For example "logs/first".',
    )
  checkWhole('tensorBoard', 'everySteps', options.everySteps, 0)
  checkWhole('tensorBoard', 'histograms', options.histograms, 0)
  return new TensorBoard(options)
}
