import { shellWord } from '../../node/shell-word.js'
import { drawingPage } from '../../report/drawing-page.js'
import type { FoundLearningRate } from '../../train/index.js'
import { drawLearningRates } from '../../viz/learning-rates.js'
import type { Theme } from '../../viz/svg/theme.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { checkOutput, csvOf, type Output, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { chooseSettings } from '../training/choose-settings.js'
import { buildModel } from '../training/run-training.js'
import type { TrainOptions } from '../training/train-options.js'
import { curveText } from './curve-text.js'

export interface LrFindOptions
  extends Pick<
    TrainOptions,
    'recipe' | 'model' | 'data' | 'optimizer' | 'momentum' | 'batchSize' | 'seed' | 'threads'
  > {
  readonly from?: number
  readonly to?: number
  readonly steps?: number
  readonly output?: string
  readonly theme?: Theme
}

/** Does what `fovea lr-find` is asked for; returns the exit code. */
export async function lrFind(dataset: string, options: LrFindOptions, io: CliIo): Promise<number> {
  const theme = checkTheme(options.theme)
  if (options.output !== undefined) checkOutput(options.output, { csv: true, json: true })
  const interruption = listenForInterrupt(io, () => io.err('Stopping; nothing is written.'))
  try {
    const found = await find(dataset, options, interruption.signal, io)
    const sentence = advice(found, dataset, options)
    if (options.output === undefined) io.out(`${curveText(found)}\n`)
    else await writeOutput(io, options.output, outputOf(found), theme)
    io.out(sentence)
    return 0
  } catch (error) {
    if (!interruption.signal.aborted || error !== interruption.signal.reason) throw error
    return interruptedExitCode
  } finally {
    interruption.release()
  }
}

async function find(
  name: string,
  { from, to, steps, output: _, theme: __, ...options }: LrFindOptions,
  signal: AbortSignal,
  io: CliIo,
): Promise<FoundLearningRate> {
  const { settings } = await chooseSettings(name, options)
  const dataset = await loadData(settings, io, { signal })
  const { x, y } = dataset.train
  return buildModel(settings, dataset)
    .findLearningRate(x, y, {
      batchSize: settings.batchSize,
      augment: settings.augment,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(steps !== undefined && { steps }),
      ...(settings.threads !== null && { threads: settings.threads }),
      signal,
      onStep: ({ step, steps: of, learningRate, loss }) =>
        io.terminal?.write(
          `\rStep ${step} of ${of}: learning rate ${learningRate.toPrecision(2)}, loss ${loss.toFixed(3)}\u001b[K`,
        ),
    })
    .finally(() => io.terminal?.write('\r\u001b[K'))
}

/** What to do now. */
function advice(
  { suggestion, steepest, minimum, divergedAt }: FoundLearningRate,
  dataset: string,
  options: LrFindOptions,
): string {
  if (suggestion === null)
    return 'The loss never fell: try more steps (--steps 1000) between rates closer together (--from 0.001 --to 1).'
  return [
    `The loss falls fastest at ${steepest!.toPrecision(2)}, is lowest at ${minimum!.toPrecision(2)}`,
    divergedAt === null ? '' : `, and training goes wrong at ${divergedAt.toPrecision(2)}`,
    `. Try ${suggestion}:\n  npx fovea train ${[shellWord(dataset), ...flags(options)].join(' ')} --learning-rate ${suggestion}`,
  ].join('')
}

/** The same options as `fovea train` takes them. */
const flags = ({ data, recipe, model, optimizer, momentum, batchSize }: LrFindOptions): string[] =>
  Object.entries({ data, recipe, model, optimizer, momentum, 'batch-size': batchSize }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`--${name} ${shellWord(String(value))}`]),
  )

const outputOf = (found: FoundLearningRate): Output => ({
  drawing: () => drawLearningRates(found),
  html: () => drawingPage(drawLearningRates(found)),
  csv: () =>
    csvOf(
      ['learning_rate', 'loss', 'smoothed'],
      found.rates.map((rate, i) => [rate, found.losses[i]!, found.smoothed[i]!]),
    ),
  json: () => found,
})
