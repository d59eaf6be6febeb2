import { formatCount } from '../../base/format.js'
import { judgedPictures } from '../../explain/judged-pictures.js'
import type { ConfusedPair } from '../../explain/mistakes.js'
import { drawClassShares } from '../../viz/class-shares.js'
import { drawConfusionMatrix } from '../../viz/confusion-matrix.js'
import { drawWorstPictures } from '../../viz/worst-pictures.js'
import { figures, type Section, tableHtml } from '../section.js'
import type { Measured } from '../subject.js'

/** Which classes are taken for which, how each fares, and the pictures that were judged worst. */
export async function mistakesSection({ model, test, found }: Measured): Promise<Section> {
  const worst = await judgedPictures(model, test.x, found, test.files)
  return {
    id: 'mistakes',
    heading: 'What it gets wrong',
    lead: `On ${formatCount(test.x.rows)} test pictures. Whiskers are two standard errors.`,
    content: [
      figures([drawConfusionMatrix(found), drawClassShares(found), drawWorstPictures(worst)]),
      '<h3>Most confused pairs</h3>',
      tableHtml(
        ['pair', 'first taken for second', 'second taken for first'],
        found.pairs.slice(0, 8).map(pairRow),
      ),
    ].join('\n'),
  }
}

const pairRow = ({ classNames: [one, other], there, back }: ConfusedPair): string[] => [
  `${one} and ${other}`,
  formatCount(there),
  formatCount(back),
]
