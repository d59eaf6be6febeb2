import { formatCount } from '../../base/format.js'
import { moveBefore, shiftExample } from '../../explain/shift/moved-network.js'
import { drawShiftMaps } from '../../viz/shift-map.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** Pictures that are moved: enough for a map, few enough for some seconds. */
const pictures = 64
const range = 6

/** What becomes of the answers when pictures are moved over their frame. */
export async function shiftSection({ model, test, classNames }: Measured): Promise<Section> {
  const rows = Math.min(pictures, test.x.rows)
  const moved = { x: test.x.slice(0, rows), y: test.y.slice(0, rows) }
  const example = shiftExample(moved, moved.y.data[0]!, classNames, range)!
  const network = await moveBefore('this network', model, moved, example, classNames, { range })
  return {
    id: 'shift',
    heading: 'Moved over the frame',
    lead: `${formatCount(rows)} test pictures were moved by up to ${range} pixels in every direction; what comes in is their border drawn out. A network that does not mind where things are would be equally sure everywhere. Dense networks against convolutional ones: npx fovea explain shift.`,
    content: figures([drawShiftMaps({ example, networks: [network] })]),
  }
}
