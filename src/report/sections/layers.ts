import { formatCount } from '../../base/format.js'
import { deadByLayer, measureActivities } from '../../explain/activities.js'
import { poolingExample } from '../../explain/examples.js'
import { featureMaps } from '../../explain/feature-maps.js'
import { firstFilters } from '../../explain/filters.js'
import { picturePixels } from '../../explain/picture-pixels.js'
import { pooling } from '../../explain/pooling.js'
import { drawFeatureMaps, drawLayerMaps } from '../../viz/feature-maps.js'
import { drawFilters } from '../../viz/filters.js'
import { drawPooledPictures, drawPooling } from '../../viz/pooling.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** The filters of the first layer and what every layer makes of a picture, before and after training; pooling. */
export async function layersSection(subject: Measured): Promise<Section> {
  const { model, before = null, test, classNames } = subject
  const filters = firstFilters(model.network, model.getWeights(), before?.getWeights() ?? null)
  const activities = await measureActivities(model, before, test.x)
  const dead = deadByLayer(activities)
  const picture = test.x.slice(0, 1)
  const maps = await featureMaps(model, picture, { before })
  const caption = `test picture 1, ${classNames[test.y.data[0]!]}`
  return {
    id: 'layers',
    heading: 'Filters and feature maps',
    lead: `The filters of the first layer${before ? ' before and after training' : ''}, and what every layer makes of one test picture. A filter is dead when it gives 0 everywhere on ${formatCount(activities.pictures)} test pictures.`,
    content: [
      figures([drawFilters(filters, dead.get(filters.layer) ?? null)]),
      '<h3>What the layers make of a picture</h3>',
      figures([
        drawFeatureMaps({ ...maps, layers: [] }, { caption, dead, arrange: 'column' }),
        ...maps.layers.map(layer => drawLayerMaps(layer, dead.get(layer.layer) ?? null)),
      ]),
      '<h3>Pooling</h3>',
      figures([
        drawPooling(pooling({ input: poolingExample })),
        drawPooledPictures(pooling({ input: gridOf(picturePixels(picture)) })),
      ]),
    ].join('\n'),
  }
}
