import { formatBytes, formatCount, formatPercent, formatShare } from '../../base/format.js'
import type { Dataset } from '../../data/dataset.js'
import type { BeginEvent, EndEvent, PlanEvent, TrainEvent } from '../../train/events.js'
import type { Model } from '../../train/model.js'
import { formatDuration } from '../../train/progress/format.js'
import { BarProgress, LineProgress, type Progress } from '../../train/progress/progress.js'
import type { CliIo } from '../io.js'
import { shellWord } from '../look/shell-word.js'
import { describeAverage } from '../test-time.js'
import { cameToItsEnd } from './came-to-its-end.js'
import { describeOptimizer, describeTreatment } from './describe.js'
import { fewToJudge, ruleOfFew } from './few-to-judge.js'
import type { PreparedRun } from './prepare-run.js'

/** How a run is told to whoever started it. */
export interface Voice {
  event(event: TrainEvent): void
  notice(sentence: string): void
  /** Something else wants to be read: the bar's line is ended. */
  pause(): void
  end(event: EndEvent): void
}

/** For programs: each event is a line of JSON, and nothing else goes to standard output. */
export class JsonVoice implements Voice {
  constructor(private readonly io: CliIo) {}

  event(event: TrainEvent): void {
    this.io.out(JSON.stringify(event))
  }

  notice(sentence: string): void {
    this.io.err(sentence)
  }

  pause(): void {}

  end(event: EndEvent): void {
    this.event(event)
  }
}

/** For people. */
export class TextVoice implements Voice {
  private readonly progress: Progress

  constructor(
    private readonly io: CliIo,
    private readonly run: PreparedRun,
    private readonly model: Model,
    private readonly dataset: Dataset,
  ) {
    this.progress = io.terminal ? new BarProgress(io.terminal) : new LineProgress(line => io.out(line))
  }

  event(event: TrainEvent): void {
    if (event.type === 'begin') this.begin(event)
    if (event.type === 'plan') this.plan(event)
    this.progress.tell(event)
  }

  notice(sentence: string): void {
    this.pause()
    this.io.err(sentence)
  }

  pause(): void {
    this.progress.close()
  }

  end(event: EndEvent): void {
    this.pause()
    if (event.reason === 'stopped' && event.message) this.io.out(`\n${event.message}`)
    if (cameToItsEnd(event)) this.tellResult(event)
    else this.tellHowToGoOn(event)
  }

  private begin({ trainRows, validationRows, device, bytes, initialEpoch }: BeginEvent): void {
    const { settings, path, interrupted } = this.run
    const { bold } = this.io.colors
    const parameters = `${formatCount(this.model.countParams())} parameters`
    const parts = [
      `${formatCount(trainRows)} pictures`,
      ...(validationRows > 0 ? [`${formatCount(validationRows)} for validation`] : []),
      `${formatCount(this.dataset.test.x.rows)} for the test`,
    ]
    this.io.out(`${bold(settings.model)} (${parameters}) on ${bold(settings.dataset)}: ${parts.join(', ')}`)
    this.io.out(`${device}, ${formatBytes(bytes)} · ${describeRecipe(this.run)}`)
    this.io.out(
      interrupted ? `Going on with ${path}, epoch ${initialEpoch + 1}\n` : `Results go to ${path}\n`,
    )
  }

  private plan({ steps, epochs }: PlanEvent): void {
    this.pause()
    this.io.out(
      `At this pace ${formatDuration(this.run.settings.budget!)} are ${epochs.toFixed(1)} epochs (${formatCount(steps)} steps); the schedule ends with them.`,
    )
  }

  private tellResult({ testLoss, testAccuracy, averaged, calibration, bestEpoch, epochs }: EndEvent): void {
    const { path } = this.run
    const { rows } = this.dataset.test.x
    const accuracy = this.io.colors.bold(formatShare(testAccuracy!, rows))
    this.io.out(`\nTest: loss ${testLoss!.toFixed(4)}, accuracy ${accuracy} (${formatCount(rows)} pictures)`)
    if (averaged) this.io.out(describeAverage(averaged.testTime, averaged.testAccuracy, rows))
    if (calibration) this.io.out(describeCalibration(calibration))
    if (bestEpoch !== null && bestEpoch + 1 < epochs)
      this.io.out(`Epoch ${bestEpoch + 1} had the lowest loss${this.among()}: ${path}/best.safetensors`)
    this.io.out(`Saved in ${path}`)
  }

  /** Where not all epochs could be the best one. */
  private among(): string {
    const rule = ruleOfFew(this.run.settings, this.dataset)
    return rule && rule.startFromEpoch > 0
      ? ` from epoch ${rule.startFromEpoch + 1} on (fewer than ${fewToJudge} validation pictures do not tell earlier ones apart)`
      : ''
  }

  private tellHowToGoOn({ epochs }: EndEvent): void {
    const { path, settings } = this.run
    const done = `${epochs}${settings.epochs === null ? '' : ` of ${settings.epochs}`} epochs`
    this.io.out(`\nStopped after ${done}; everything is saved in ${path}`)
    this.io.out(`Go on:  npx fovea train --resume ${shellWord(path)}`)
  }
}

function describeRecipe({ settings, interrupted }: PreparedRun): string {
  const { recipe, optimizer, batchSize, budget, seed } = settings
  return [
    `recipe ${recipe}`,
    describeOptimizer(optimizer),
    `batches of ${batchSize}`,
    ...describeTreatment(settings),
    ...(budget === null ? [] : [describeBudget(budget, interrupted?.checkpoint?.state.budget?.used)]),
    `seed ${interrupted?.checkpoint?.state.seed ?? seed}`,
  ].join(' · ')
}

/** Whether it is right 80 % of the time where it says 80 %, before and after, and how often it can be relied on. */
function describeCalibration({
  temperature,
  answered,
  expectedCalibrationError: { before, after },
}: NonNullable<EndEvent['calibration']>): string {
  const off =
    temperature === 1
      ? `Its probabilities are off by ${formatPercent(after)} on average and stay as they are`
      : `Its probabilities were off by ${formatPercent(before)} on average, now by ${formatPercent(after)} (temperature ${temperature.toFixed(2)})`
  if (answered === 1) return `${off}; it is sure of all validation pictures`
  return answered === 0
    ? `${off}; the validation pictures are too few, or too often taken for others, to call any answer sure`
    : `${off}; it is sure of ${formatPercent(answered)} of the validation pictures and says "not sure" of the others`
}

/** @param used seconds of it that had passed before training went on */
const describeBudget = (seconds: number, used = 0): string =>
  `budget ${formatDuration(seconds)}${used > 0 ? `, ${formatDuration(Math.max(0, seconds - used))} left` : ''}`
