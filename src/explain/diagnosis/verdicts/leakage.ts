import { formatCount, formatPercent } from '../../../base/format.js'
import { sharedShare } from '../thresholds.js'
import type { Check } from '../verdict.js'

/** Pictures of the validation part that training has seen: on them, remembering looks like knowing. */
export const leakage: Check = ({ sharedRows }) => {
  if (!sharedRows) return null
  const { rows, of } = sharedRows
  const share = rows / of
  if (!(share > sharedShare.noted)) return null
  return {
    name: 'leakage',
    test: 'more than 1 % of the validation pictures are also training pictures, byte for byte',
    numbers: { rows, of, share },
    saw: `${formatCount(rows)} of ${formatCount(of)} validation pictures (${formatPercent(share)}) are training pictures, too, byte for byte`,
    cause: 'the data set holds copies, and they were split between the two parts',
    advice:
      'take copies out before the split; until then the validation curves promise more than new pictures will keep',
  }
}
