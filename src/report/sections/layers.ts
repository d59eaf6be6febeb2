import { formatCount } from '../../base/format.js'
import { deadByLayer, measureActivities } from '../../explain/activities.js'
import { poolingExample } from '../../explain/examples.js'
import { featureMaps, type LayerMaps } from '../../explain/feature-maps.js'
import { firstFilters } from '../../explain/filters.js'
import type { Numbers } from '../../explain/planes.js'
import { pooling } from '../../explain/pooling.js'
import { drawFeatureMaps, drawLayerMaps } from '../../viz/feature-maps.js'
import { drawFilters } from '../../viz/filters.js'
import { drawPooledPictures, drawPooling } from '../../viz/pooling.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** The filters of the first layer and what every layer makes of a picture, before and after training; pooling. */
export async function layersSection(subject: Measured): Promise<Section> {
  const { model, before = null, test, classNames } = subject
  const filters = firstFilters(model, { before })
  const activities = await measureActivities(model, test.x, { before })
  const dead = deadByLayer(activities)
  const picture = test.x.slice(0, 1).load()
  const maps = await featureMaps(model, picture, { before })
  const caption = `test picture 1, ${classNames[test.y.data[0]!]}`
  const layerPanels = maps.layers.map(layer => drawLayerMaps(layer, { dead }))
  return {
    id: 'layers',
    heading: 'Filters and feature maps',
    lead: `The filters of the first layer${before ? ' before and after training' : ''}, and what every layer makes of one test picture. A filter is dead when it gives 0 everywhere on ${formatCount(activities.pictures)} test pictures.`,
    content: [
      figures([drawFilters(filters, { dead })]),
      '<h3>What the layers make of a picture</h3>',
      figures([drawFeatureMaps({ ...maps, layers: [] }, { caption, arrange: 'column' }), ...layerPanels]),
      '<h3>Pooling</h3>',
      figures([
        drawPooling(pooling({ input: poolingExample })),
        ...maps.layers.slice(0, 1).map(layer => drawPooledPictures(pooling({ input: liveliestMap(layer) }))),
      ]),
    ].join('\n'),
  }
}

/** Of a layer's maps, in grey levels, the one in which they differ most. */
function liveliestMap({ grid: [height, width, maps], after }: LayerMaps): Numbers {
  const ofMap = (map: number) => after.tones.bytes.filter((_, i) => i % maps === map)
  const planes = Array.from({ length: maps }, (_, map) => ofMap(map))
  const [data] = planes.sort((a, b) => spread(b) - spread(a))
  return { shape: [height, width], data: data! }
}

/** The variance. */
function spread(values: Uint8Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
