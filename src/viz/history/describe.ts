import { formatPercent } from '../../base/format.js'
import { curveNamed } from './curve.js'
import type { DrawnCurves, HistoryMarks } from './input.js'
import { lossText } from './numbers.js'

/** What the curves show, for whoever cannot see them. */
export function describeHistory(history: DrawnCurves, { best, onset, text }: HistoryMarks): string {
  const { epoch } = history
  const first = `Curves over ${epoch.length} ${epoch.length === 1 ? 'epoch' : 'epochs'}.`
  const curves = [
    said(history, 'Training accuracy', 'accuracy', formatPercent),
    said(history, 'validation accuracy', 'val_accuracy', formatPercent),
    said(history, 'training loss', 'loss', lossText),
    said(history, 'validation loss', 'val_loss', lossText),
  ].filter(Boolean)
  const marks = [
    best?.valAccuracy &&
      `Best validation accuracy ${formatPercent(best.valAccuracy.value)} in epoch ${best.valAccuracy.epoch + 1}.`,
    best?.valLoss &&
      `Lowest validation loss ${lossText(best.valLoss.value)} in epoch ${best.valLoss.epoch + 1}.`,
    typeof onset === 'number' && `Overfitting starts in epoch ${onset + 1}.`,
    text,
  ]
  return [first, `${curves.join('; ')}.`, ...marks].filter(Boolean).join(' ')
}

/** `Training accuracy from 31.0 % to 94.2 %` */
function said(history: DrawnCurves, words: string, name: string, write: (value: number) => string): string {
  const values = curveNamed(history, name).filter(Number.isFinite)
  return values.length === 0 ? '' : `${words} from ${write(values[0]!)} to ${write(values.at(-1)!)}`
}
