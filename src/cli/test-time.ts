import { formatShare } from '../base/format.js'
import type { AveragingTestTime } from '../train/test-time/views.js'

const words: Readonly<Record<AveragingTestTime, string>> = {
  flip: 'Averaged with its mirror image',
  'flip+shift': 'Averaged over mirror images and shifts by a pixel',
}

/** How many pictures are recognised when the answer is a mean over several views of each. */
export const describeAverage = (testTime: AveragingTestTime, accuracy: number, pictures: number): string =>
  `${words[testTime]}: accuracy ${formatShare(accuracy, pictures)}`
