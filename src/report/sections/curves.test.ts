import { expect, test } from 'vitest'
import { modelFromName } from '../../nn/models.js'
import { sequential } from '../../nn/network.js'
import { History } from '../../train/history.js'
import { Model } from '../../train/model.js'
import { curvesSection } from './curves.js'

const classNames = [...'abcdefghij']
const model = new Model(sequential(modelFromName('tutorial').layers([32, 32, 3], 10)), { seed: 1 })

/** Training falls, validation rises from the first epoch on. */
const history = History.from({
  history: {
    epoch: Array.from({ length: 12 }, (_, t) => t),
    history: {
      loss: Array.from({ length: 12 }, (_, t) => 2 * 0.8 ** t),
      val_loss: Array.from({ length: 12 }, (_, t) => 1.5 + t / 10),
    },
  },
  best: null,
})

test('the verdict advises by the network, and what is also seen is said in whole sentences', () => {
  const { content } = curvesSection({
    history,
    classNames,
    model,
    curveFacts: { sharedRows: { rows: 30, of: 1000 } },
  })
  // Of the tutorial's text: 8·8·16 numbers into 512, of 631,658 parameters.
  const share = ((100 * (1024 * 512 + 512)) / 631_658).toFixed(1)
  expect(content).toContain(
    `The weights of epoch 1 are kept; try dropout 0.3 before the Dense layer &quot;dense&quot; (${share} % of the parameters are there)`,
  )
  expect(content).toContain(
    '<li>30 of 1,000 validation pictures (3.0 %) are training pictures, too, byte for byte. Likely cause: the data set holds copies,',
  )
})

test('a training without a finished epoch has no curves', () => {
  const { lead, content } = curvesSection({ history: new History(), classNames, model })
  expect(lead).toBe('There are no curves: no finished epoch of this training is known.')
  expect(content).toBe('')
})
