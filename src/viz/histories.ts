import { comparisonTable } from './history/comparison-table.js'
import { arranged, panelDrawing, sentences } from './history/compose.js'
import { curveNamed } from './history/curve.js'
import type { HistoryDrawingOptions, HistoryMarks, NamedHistory } from './history/input.js'
import { lossText, shortPercent } from './history/numbers.js'
import {
  drawPanel,
  type PanelDot,
  type PanelLine,
  type PanelOnset,
  type PanelParts,
} from './history/panel.js'
import { noEpoch } from './history.js'
import type { Drawing } from './svg/drawing.js'
import { series } from './svg/theme.js'

/** How to write a quantity, and where its marks are. */
interface Quantity {
  readonly name: 'accuracy' | 'loss'
  readonly title: string
  readonly write: (value: number) => string
  readonly best: 'valAccuracy' | 'valLoss'
  readonly guessing: (classes: number) => number
}

const accuracy: Quantity = {
  name: 'accuracy',
  title: 'Accuracy',
  write: shortPercent,
  best: 'valAccuracy',
  guessing: classes => 1 / classes,
}

const loss: Quantity = { name: 'loss', title: 'Loss', write: lossText, best: 'valLoss', guessing: Math.log }

/**
 * The curves of several trainings over each other, each with a colour and a mark of its own: training thin, validation
 * dashed with its best epoch and the onset of overfitting; and a table of what they reached.
 *
 * @param runs each with a name, a `History` and what is marked in it (a `Diagnosis`)
 * @throws OptionError when there is no run, or one has no finished epoch
 */
export function drawHistories(runs: readonly NamedHistory[], options: HistoryDrawingOptions = {}): Drawing {
  if (runs.length === 0 || runs.some(({ history }) => history.epoch.length === 0))
    throw noEpoch('drawHistories')
  const { arrange = 'row', training = true } = options
  const panels = [accuracy, loss]
    .map(quantity => panelOf(quantity, runs, options))
    .filter(({ lines }, i) => i === 1 || lines.length > 0) // as for one run
    .map(parts => panelDrawing(parts.title, drawPanel(parts)))
  const table = comparisonTable(runs)
  const notes =
    `${training ? 'Thin: training. ' : ''}Dashed: validation, its best epoch marked. Dotted rule: overfitting starts. ` +
    'Values in the table are those of the epoch with the lowest validation loss, ± one standard error.'
  const width = arrange === 'row' ? panels.length * 416 - 16 : 400
  return arranged(panels, [table, sentences(width, '', notes)], {
    arrange,
    title: `Learning curves of ${runs.length} runs`,
    description: table.description,
  })
}

function panelOf(
  quantity: Quantity,
  runs: readonly NamedHistory[],
  options: HistoryDrawingOptions,
): PanelParts {
  const { range = 'zero', log = false, training = true } = options
  const isLog = log && quantity === loss
  return {
    title: isLog ? `${quantity.title} (logarithmic)` : quantity.title,
    lines: runs.flatMap((run, i) => linesOf(quantity, run, i, training)),
    dots: runs.flatMap(({ marks = {} }, i) => dotOf(quantity, marks, i)),
    onsets: runs.flatMap(({ marks = {} }, i) => onsetOf(marks, i)),
    guessing: guessingOf(quantity, runs),
    range,
    log: isLog,
    ...(quantity === accuracy && { most: 1 }),
    write: quantity.write,
  }
}

/** The name stands at the end of the validation line; of the training line where there is no other. */
function linesOf({ name }: Quantity, run: NamedHistory, i: number, withTraining: boolean): PanelLine[] {
  const label = { name: run.name, mark: i }
  const { epoch: epochs } = run.history
  const validation = curveNamed(run.history, `val_${name}`)
  const training = withTraining || validation.length === 0 ? curveNamed(run.history, name) : []
  const ink = series(i)
  return [
    ...(training.length > 0
      ? [{ epochs, values: training, ink, width: 1.25, opacity: 0.6, ...(validation.length === 0 && label) }]
      : []),
    ...(validation.length > 0 ? [{ epochs, values: validation, ink, dash: '6 3', ...label }] : []),
  ]
}

function dotOf({ best }: Quantity, marks: HistoryMarks, i: number): PanelDot[] {
  const place = marks.best?.[best]
  return place ? [{ ...place, ink: series(i), mark: i }] : []
}

const onsetOf = ({ onset }: HistoryMarks, i: number): PanelOnset[] =>
  typeof onset === 'number' ? [{ epoch: onset, ink: series(i), mark: i }] : []

/** Where all tell equally many classes apart. */
function guessingOf({ guessing, name }: Quantity, runs: readonly NamedHistory[]): PanelParts['guessing'] {
  const counts = new Set(runs.map(({ marks }) => marks?.classes ?? null))
  const [classes] = counts
  if (counts.size !== 1 || typeof classes !== 'number') return null
  const value = guessing(classes)
  return { value, name: `guessing ${name === 'accuracy' ? shortPercent(value) : value.toFixed(3)}` }
}
