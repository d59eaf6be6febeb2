import { modelGraph } from '../../explain/model-graph.js'
import { plotModel } from '../../node/plot-model.js'
import type { Rankdir } from '../../viz/model-plot/graph.js'
import type { ModelPlotStyle } from '../../viz/model-plot/options.js'
import type { Theme } from '../../viz/svg/theme.js'
import type { CliIo } from '../io.js'
import { networkOf } from '../network-of.js'
import { checkOutput, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { modelBoxes } from './model-boxes.js'

/** The options of `fovea plot model` as they were given. */
export interface PlotModelFlags {
  readonly model?: string
  readonly output?: string
  /** Checked by the plot itself, like `rankdir`. */
  readonly style: ModelPlotStyle
  readonly rankdir: Rankdir
  readonly shapes: boolean
  readonly names: boolean
  readonly activations?: boolean
  readonly showParams?: boolean
  readonly theme?: Theme
}

/** Does what `fovea plot model` is asked for. */
export async function plotModelCommand(path: string | null, flags: PlotModelFlags, io: CliIo): Promise<void> {
  const theme = checkTheme(flags.theme)
  if (flags.output !== undefined) checkOutput(flags.output, { json: true })
  const network = await networkOf('plot model', path, flags, 'tutorial')
  const words = {
    showShapes: flags.shapes,
    showLayerNames: flags.names,
    showLayerActivations: flags.activations ?? false,
    showParams: flags.showParams ?? false,
  }
  // Drawn in any case: a misspelt style should be refused on the terminal, too.
  const drawing = await plotModel(network, { ...words, style: flags.style, rankdir: flags.rankdir })
  if (flags.output === undefined) return io.out(modelBoxes(modelGraph(network), words))
  await writeOutput(io, flags.output, { drawing: () => drawing, json: () => modelGraph(network) }, theme)
  io.out(drawing.description)
}
