import { OptionError } from '../base/errors.js'
import { formatPercent } from '../base/format.js'
import { arranged, panelDrawing, sentences } from './history/compose.js'
import { curveNamed } from './history/curve.js'
import { describeHistory } from './history/describe.js'
import type { DrawnCurves, DrawnEpoch, HistoryDrawingOptions, HistoryMarks } from './history/input.js'
import { lossText, shortPercent } from './history/numbers.js'
import { drawPanel, type PanelLine, type PanelOnset, type PanelParts } from './history/panel.js'
import type { Drawing } from './svg/drawing.js'

/**
 * Accuracy and loss over the epochs: training solid, validation dashed with a band of two standard errors, the best
 * epochs, what guessing would come to, and the onset of overfitting.
 *
 * @param history a `History`, or plain data like it; `train_eval_…` curves are drawn where there are some
 * @param marks what is marked: a `Diagnosis` of `explain.diagnose`
 * @throws OptionError when no epoch is finished
 */
export function drawHistory(
  history: DrawnCurves,
  marks: HistoryMarks = {},
  options: HistoryDrawingOptions = {},
): Drawing {
  if (history.epoch.length === 0) throw noEpoch('drawHistory')
  const { arrange = 'row', verdict = true } = options
  const panels = [accuracyPanel(history, marks, options), lossPanel(history, marks, options)]
    .filter(({ lines }, i) => i === 1 || lines.length > 0) // without a number, the loss's axes say so
    .map(parts => panelDrawing(parts.title, drawPanel(parts)))
  const width = arrange === 'row' ? panels.length * 416 - 16 : 400
  const text = verdict ? (marks.text ?? '') : ''
  const description = describeHistory(history, marks)
  return arranged(panels, [sentences(width, text, notesOf(history, marks))], {
    arrange,
    title: 'Learning curves',
    description,
  })
}

/** The error for curves without a point. */
export const noEpoch = (who: string): OptionError =>
  new OptionError(`${who}: the history has no finished epoch.`, 'Train for one epoch at least.')

function accuracyPanel(
  history: DrawnCurves,
  marks: HistoryMarks,
  options: HistoryDrawingOptions,
): PanelParts {
  const { best, standardErrors, classes } = marks
  return {
    title: 'Accuracy',
    lines: linesOf(history, 'accuracy', formatPercent, standardErrors?.valAccuracy),
    dots: dotOf(best?.valAccuracy, formatPercent),
    onsets: onsetOf(marks),
    guessing: classes ? { value: 1 / classes, name: `guessing ${shortPercent(1 / classes)}` } : null,
    range: options.range ?? 'zero',
    log: false,
    most: 1,
    write: shortPercent,
  }
}

function lossPanel(history: DrawnCurves, marks: HistoryMarks, options: HistoryDrawingOptions): PanelParts {
  const { best, standardErrors, classes, smoothed = [] } = marks
  const faint: PanelLine = {
    epochs: history.epoch,
    values: history.epoch.map((_, i) => smoothed[i] ?? Number.NaN),
    ink: 'validation',
    width: 5,
    opacity: 0.22,
  }
  const lines = linesOf(history, 'loss', lossText, standardErrors?.valLoss)
  return {
    title: options.log ? 'Loss (logarithmic)' : 'Loss',
    // One or two epochs smoothed are no curve.
    lines: smoothed.length > 2 ? [faint, ...lines] : lines,
    dots: dotOf(best?.valLoss, lossText),
    onsets: onsetOf(marks),
    guessing: classes ? { value: Math.log(classes), name: `guessing ${Math.log(classes).toFixed(3)}` } : null,
    range: options.range ?? 'zero',
    log: options.log ?? false,
    write: lossText,
  }
}

/** Training, training measured at inference, validation: those there are. */
function linesOf(
  history: DrawnCurves,
  name: string,
  write: (value: number) => string,
  errors: readonly (number | null)[] | undefined,
): PanelLine[] {
  const kinds: readonly (readonly [
    curve: string,
    words: string,
    style: Omit<PanelLine, 'epochs' | 'values'>,
  ])[] = [
    [name, 'training', { ink: 'train' }],
    [`train_eval_${name}`, 'inference', { ink: 'series5', dash: '7 3 1 3', width: 1.5 }],
    [`val_${name}`, 'validation', { ink: 'validation', dash: '6 3', ...(errors && { errors }) }],
  ]
  return kinds.flatMap(([curve, words, style]) => {
    const values = curveNamed(history, curve)
    const last = values.findLast(Number.isFinite)
    return last === undefined
      ? []
      : [{ epochs: history.epoch, values, name: `${words} ${write(last)}`, ...style }]
  })
}

const dotOf = (best: DrawnEpoch | null | undefined, write: (value: number) => string) =>
  best
    ? [
        {
          ...best,
          ink: 'validation' as const,
          mark: 0,
          text: `best ${write(best.value)}, epoch ${best.epoch + 1}`,
        },
      ]
    : []

const onsetOf = ({ onset }: HistoryMarks): PanelOnset[] =>
  typeof onset === 'number'
    ? [{ epoch: onset, ink: 'accent', text: `overfitting starts (epoch ${onset + 1})` }]
    : []

/** How what is drawn has to be read, as far as labels do not say it. */
function notesOf({ history }: DrawnCurves, { standardErrors, smoothed = [] }: HistoryMarks): string {
  const errors = [...(standardErrors?.valLoss ?? []), ...(standardErrors?.valAccuracy ?? [])]
  return [
    errors.some(error => error !== null) ? 'Band: two standard errors of validation.' : '',
    smoothed.length > 2 ? 'Wide faint line: the smoothed validation loss that the verdict goes by.' : '',
    'train_eval_loss' in history
      ? 'Inference: training pictures measured as validation is, without dropout.'
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}
