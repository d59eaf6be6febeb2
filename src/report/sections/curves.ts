import { diagnose } from '../../explain/diagnose.js'
import { verdictText } from '../../explain/diagnosis/judge.js'
import { layerShares } from '../../explain/shape-chain.js'
import { drawHistory } from '../../viz/history.js'
import { escapeText } from '../../viz/svg/element.js'
import { emptySection, figures, type Section, wideOrNarrow } from '../section.js'
import type { Measured } from '../subject.js'

const id = 'curves'
const heading = 'Learning curves'

/** As much of a subject as its curves need. */
type Curved = Pick<Measured, 'history' | 'curveFacts' | 'classNames' | 'model'>

/** Accuracy and loss over the epochs, and the verdict on them. */
export function curvesSection({ history, curveFacts = {}, classNames, model }: Curved): Section {
  if (!history || history.epoch.length === 0)
    return emptySection(id, heading, 'There are no curves: no finished epoch of this training is known.')
  const diagnosis = diagnose(history, { classNames, costs: layerShares(model.network), ...curveFacts })
  const drawn = (arrange: 'row' | 'column') => drawHistory(history, diagnosis, { arrange, verdict: false })
  const also = diagnosis.verdicts.slice(1).map(verdictText)
  return {
    id,
    heading,
    lead: 'How much the network got wrong on the pictures it trained on, and on pictures kept aside, after each epoch.',
    content: [
      `<div class="verdict"><strong>${escapeText(diagnosis.text)}</strong></div>`,
      listOf('Also seen', also),
      listOf('What cannot be told', diagnosis.unknown),
      wideOrNarrow(figures([drawn('row')]), figures([drawn('column')])),
    ].join('\n'),
  }
}

const listOf = (title: string, sentences: readonly string[]): string =>
  sentences.length === 0
    ? ''
    : `<h3>${title}</h3><ul>${sentences.map(sentence => `<li>${escapeText(sentence)}</li>`).join('')}</ul>`
