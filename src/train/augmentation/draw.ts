import { Random } from '../../base/random.js'

/** The chances of one picture at one place of a list of augmentations. */
export interface PictureDraw {
  /** Epochs of training before. */
  readonly epoch: number
  /** Another stream each epoch. */
  readonly random: Random
  /** The same stream in every epoch. */
  lasting(): Random
}

/** Which pictures are augmented together, and when. */
export interface BatchPlace {
  readonly seed: number
  readonly epoch: number
  /** The batch's number in its epoch. */
  readonly step: number
  /** The number of each picture among those that are trained on. */
  readonly rows: ArrayLike<number>
}

/**
 * The chances of a batch. What is drawn for a picture depends on the seed, the epoch, the picture's number and the place in the
 * list, so neither on the order of pictures nor on the size of batches; only partners depend on the batch.
 */
export class BatchDraw {
  constructor(private readonly batch: BatchPlace) {}

  get count(): number {
    return this.batch.rows.length
  }

  /** Calls `visit` for every picture of the batch. */
  each(place: string, visit: (draw: PictureDraw, index: number) => void): void {
    const { seed, epoch, rows } = this.batch
    const ofEpoch = new Random(seed, 'augment', place, epoch)
    const ofTraining = new Random(seed, 'augment', place)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      visit({ epoch, random: ofEpoch.fork(row), lasting: () => ofTraining.fork(row) }, i)
    }
  }

  /** For each picture of the batch another one of it, or itself. */
  partners(place: string): Uint32Array {
    const { seed, epoch, step } = this.batch
    return new Random(seed, 'augment', place, epoch, 'partners', step).permutation(this.count)
  }
}
