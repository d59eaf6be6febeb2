import { formatBytes, formatCount, formatPercent } from '../../base/format.js'
import { formatShape } from '../../base/shape.js'
import { modelGraph } from '../../explain/model-graph.js'
import { type ShapeChain, shapeChain } from '../../explain/shape-chain.js'
import { drawModel } from '../../viz/model-plot/model-plot.js'
import { drawShapeChain } from '../../viz/shape-chain/shape-chain.js'
import { drawWhereItGoes } from '../../viz/where-it-goes.js'
import { figures, type Section, tableHtml, wideOrNarrow } from '../section.js'
import type { Measured } from '../subject.js'

/** The chain of shapes to scale, what each layer costs, and the plot of the network. */
export function networkSection({ model, layout }: Measured): Section {
  const chain = shapeChain(model.network)
  const plot = drawModel(modelGraph(model.network), {
    style: 'keras3',
    showShapes: true,
    showLayerNames: true,
    showLayerActivations: true,
    ...(layout && { layout }),
  })
  return {
    id: 'network',
    heading: 'The network and its sizes',
    lead: 'How the sizes change from layer to layer, to scale; what each layer costs; and the layers as Keras plots them.',
    content: [
      wideOrNarrow(
        figures([drawShapeChain(chain, { width: 960 })]),
        figures([drawShapeChain(chain, { width: 340 })]),
      ),
      '<h3>Where the parameters sit, and where the time goes</h3>',
      figures([drawWhereItGoes(chain, { width: 420 })]),
      costTable(chain),
      '<h3>Layer by layer</h3>',
      figures([plot]),
    ].join('\n'),
  }
}

const costTable = ({ rows, totals }: ShapeChain): string =>
  tableHtml(
    ['layer', 'output', 'how', 'parameters', 'share', 'multiply-adds', 'share', 'bytes'],
    [
      ...rows.map(({ name, output, formula, parameters, multiplyAdds, bytes, shares }) => [
        name,
        formatShape(output),
        formula ?? '',
        formatCount(parameters),
        formatPercent(shares.parameters),
        formatCount(multiplyAdds),
        formatPercent(shares.multiplyAdds),
        formatBytes(bytes),
      ]),
      [
        'all layers',
        '',
        '',
        formatCount(totals.parameters),
        '',
        formatCount(totals.multiplyAdds),
        '',
        formatBytes(totals.bytes),
      ],
    ],
  )
