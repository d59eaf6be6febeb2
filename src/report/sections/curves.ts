import { diagnose } from '../../explain/diagnose.js'
import { drawHistory } from '../../viz/history.js'
import { escapeText } from '../../viz/svg/element.js'
import { emptySection, figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

const id = 'curves'
const heading = 'Learning curves'

/** Accuracy and loss over the epochs, and the verdict on them. */
export function curvesSection({ history, curveFacts = {}, classNames }: Measured): Section {
  if (!history || history.epoch.length === 0)
    return emptySection(id, heading, 'There are no curves: no finished epoch of this training is known.')
  const diagnosis = diagnose(history, { classNames, ...curveFacts })
  // Panels of their own width stand beside each other where there is room, and below each other on a phone.
  const drawing = drawHistory(history, diagnosis, { arrange: 'beside', verdict: false })
  const narrow = drawHistory(history, diagnosis, { arrange: 'stacked', verdict: false })
  const also = diagnosis.verdicts.slice(1).map(({ saw, advice }) => `${saw}; ${advice}.`)
  return {
    id,
    heading,
    lead: 'What the network got wrong on the pictures it trained on, and on pictures kept aside, after each epoch.',
    content: [
      `<div class="verdict"><strong>${escapeText(diagnosis.text)}</strong></div>`,
      listOf('Also seen', also),
      listOf('What cannot be told', diagnosis.unknown),
      `<div class="wide-only">${figures([drawing])}</div>`,
      `<div class="narrow-only">${figures([narrow])}</div>`,
    ].join('\n'),
  }
}

const listOf = (title: string, sentences: readonly string[]): string =>
  sentences.length === 0
    ? ''
    : `<h3>${title}</h3><ul>${sentences.map(sentence => `<li>${escapeText(sentence)}</li>`).join('')}</ul>`
