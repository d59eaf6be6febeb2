import { focus } from '../../explain/focus.js'
import { picturePixels } from '../../explain/picture-pixels.js'
import { drawFocus } from '../../viz/focus.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** Pictures of each kind that are looked into. */
const shown = 2

/** Where the network looks, in pictures it recognised and in those it was most wrong about. */
export async function focusSection(subject: Measured): Promise<Section> {
  const { evaluation, test, found } = subject
  const right = Array.from(test.y.data.keys()).filter(row => evaluation.predicted[row] === test.y.data[row])
  const wrong = found.worst.filter(({ label, predicted }) => label !== predicted).map(({ row }) => row)
  const drawings: Drawing[] = []
  for (const row of [...right.slice(0, shown), ...wrong.slice(0, shown)])
    drawings.push(await lookAt(subject, row))
  return {
    id: 'focus',
    heading: 'Where it looks',
    lead: 'What in the picture speaks for a class: two pictures that were recognised, and the two it was most wrong about.',
    content: figures(drawings),
  }
}

async function lookAt({ model, test, classNames, evaluation }: Measured, row: number): Promise<Drawing> {
  const picture = test.x.slice(row, row + 1).load()
  const label = test.y.data[row]!
  const taken = evaluation.predicted[row]!
  const classes = label === taken ? undefined : [taken, label]
  const found = await focus(model, picture, { classNames, ...(classes && { classes }) })
  return drawFocus(picturePixels(picture), found, {
    caption: `test picture ${row + 1}, ${classNames[label]}`,
  })
}
