import type { Tensor } from '../../base/tensor.js'
import { isWhole, type Room } from './room.js'
import type { PictureCounts, ShiftCell } from './shift-summary.js'

/** Adds up what became of each picture where nothing of it is cut. */
export class Counts {
  readonly perPicture: { -readonly [Key in keyof PictureCounts]: number }[]

  constructor(
    private readonly labels: ArrayLike<number>,
    private readonly rooms: readonly Room[],
  ) {
    this.perPicture = rooms.map(() => ({ shifts: 0, recognised: 0, probability: 0 }))
  }

  /** @param answers `[N, classes]`, what the network said about the pictures at this place */
  cell(dx: number, dy: number, answers: Tensor<Float32Array>): ShiftCell {
    let [probability, recognised, whole] = [0, 0, 0]
    for (let row = 0; row < answers.rows; row++) {
      const classes = answers.slice(row, row + 1).data
      const label = this.labels[row]!
      const isRight = likeliest(classes) === label
      probability += classes[label]!
      if (isRight) recognised++
      if (!isWhole(this.rooms[row]!, dx, dy)) continue
      whole++
      this.add(row, classes[label]!, isRight)
    }
    const share = (sum: number) => sum / answers.rows
    return { dx, dy, probability: share(probability), recognised: share(recognised), whole: share(whole) }
  }

  private add(row: number, probability: number, isRight: boolean): void {
    const counts = this.perPicture[row]!
    counts.shifts++
    counts.probability += probability
    if (isRight) counts.recognised++
  }
}

/** The class of the highest probability; of equals the lower. */
export const likeliest = (classes: Float32Array): number => classes.indexOf(Math.max(...classes))
