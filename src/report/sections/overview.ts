import { formatCount, formatShare } from '../../base/format.js'
import { escapeText } from '../../viz/svg/element.js'
import { factsHtml, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** What was trained, on what, and how good it is. */
export function overviewSection({
  model,
  test,
  found,
  evaluation,
  history,
  facts,
  notes,
}: Measured): Section {
  const epochs = history ? [['epochs', String(history.epoch.length)] as const] : []
  return {
    id: 'overview',
    heading: 'At a glance',
    lead: `Measured on ${formatCount(test.x.rows)} pictures that training has not seen.`,
    content: [
      factsHtml([
        ['test accuracy', formatShare(found.accuracy.value, test.x.rows)],
        ['test loss', evaluation.logs.loss!.toFixed(4)],
        ['parameters', formatCount(model.countParams())],
        ...epochs,
        ...(facts ?? []),
      ]),
      ...(notes ?? []).map(note => `<p class="muted">${escapeText(note)}</p>`),
    ].join('\n'),
  }
}
