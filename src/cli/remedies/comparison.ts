import { drawingPage } from '../../report/drawing-page.js'
import { drawHistories } from '../../viz/histories.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import { csvOf, type Output } from '../output.js'
import type { VariantResult } from './result.js'

/** The comparison as a drawing, a page, a table and plain data. */
export const outputOf = (results: readonly VariantResult[]): Output => ({
  drawing: () => draw(results, 'row'),
  html: () => drawingPage(draw(results, 'row'), { lead: sentence(results), narrow: draw(results, 'column') }),
  csv: () => csvOf(titles, results.map(csvRow)),
  json: () => results.map(plain),
})

const draw = (results: readonly VariantResult[], arrange: 'row' | 'column'): Drawing =>
  drawHistories(
    results.map(({ name, history, diagnosis }) => ({ name, history, marks: diagnosis })),
    { arrange, training: false },
  )

/** What a person should take away. */
function sentence(results: readonly VariantResult[]): string {
  const [without] = results.filter(({ name }) => name === 'none')
  const [best] = results.toSorted((a, b) => a.best.loss - b.best.loss)
  if (!best || !without || best === without) return 'No remedy made the validation loss lower.'
  const points = 100 * (best.test.accuracy - without.test.accuracy)
  return [
    `The lowest validation loss, penalties left out, has "${best.name}" (${best.best.loss.toFixed(3)}, without remedy ${without.best.loss.toFixed(3)}).`,
    `On the test pictures it is ${Math.abs(points).toFixed(1)} points ${points < 0 ? 'worse' : 'better'} than without.`,
  ].join(' ')
}

const titles = [
  'remedy',
  'parameters',
  'epochs',
  'best_epoch',
  'val_loss',
  'val_accuracy',
  'val_accuracy_se',
  'gap',
  'overfitting_from',
  'test_accuracy',
  'test_accuracy_flip',
  'test_pictures',
  'seconds',
]

const csvRow = ({ best, test, ...result }: VariantResult): (string | number)[] => [
  result.name,
  result.parameters,
  result.epochs,
  best.epoch,
  best.loss,
  best.accuracy,
  best.error,
  result.gap,
  result.onset ?? '',
  test.accuracy,
  test.averaged ?? '',
  test.pictures,
  result.seconds,
]

const plain = ({ diagnosis, history, ...result }: VariantResult): unknown => ({
  ...result,
  history: history.history,
  verdict: diagnosis.text,
})
