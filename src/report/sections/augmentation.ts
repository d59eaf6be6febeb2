import { augmentedPictures } from '../../explain/augmented-pictures.js'
import { drawAugmented } from '../../viz/augmented.js'
import { figures, type Section } from '../section.js'
import type { Augmented, Measured } from '../subject.js'

/** Pictures and epochs that are shown. */
const shown = { pictures: 4, epochs: 4 }

/** As much of a subject as its augmentation needs. */
type Seeing = Pick<Measured, 'augmented' | 'history' | 'classNames'>

/** Whether training made something else of its pictures, and these are at hand. */
export const isAugmented = ({ augmented }: Seeing): boolean =>
  augmented !== undefined && augmented.augment.length > 0 && augmented.train.x.rows > 0

/** What the network saw of its first training pictures in the first epochs. */
export async function augmentationSection({ augmented, history, classNames }: Seeing): Promise<Section> {
  const { augment, train, seed } = augmented as Augmented
  const rows = Math.min(shown.pictures, train.x.rows)
  const epochs = Math.min(shown.epochs, history?.epoch.length ?? shown.epochs)
  const [x, y] = [train.x.slice(0, rows).load(), train.y.slice(0, rows)]
  const sheet = await augmentedPictures(x, y, augment, { classNames, epochs, seed, threads: 1 })
  const names = augment.map(({ name }) => name).join(', ')
  return {
    id: 'augmentation',
    heading: 'What it saw in training',
    lead: `Training showed every picture anew in each epoch (${names}). These are its first pictures, as they are and as they were shown at first${isMixed(sheet) ? '; with which other picture one was mixed depends on its batch, so here they are mixed with each other' : ''}.`,
    content: figures([drawAugmented(sheet)]),
  }
}

const isMixed = ({ rows }: Awaited<ReturnType<typeof augmentedPictures>>): boolean =>
  rows.some(({ pictures }) => pictures.some(({ shares }) => shares.length > 1))
