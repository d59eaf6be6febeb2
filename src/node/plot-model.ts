import { modelGraph } from '../explain/model-graph.js'
import type { Network } from '../nn/network.js'
import type { Model } from '../train/model.js'
import { drawModel, needsLayout } from '../viz/model-plot/model-plot.js'
import type { DrawModelOptions } from '../viz/model-plot/options.js'
import type { Drawing } from '../viz/svg/drawing.js'
import { type SaveDrawingOptions, saveDrawing } from './save-drawing.js'

export interface PlotModelOptions extends DrawModelOptions, SaveDrawingOptions {
  /** A file to write as well: `.svg`, `.png` or `.html`. Default: none. */
  readonly toFile?: string
}

/**
 * The plot of a network, as Keras' plot_model draws it: boxes and arrows, branches laid out by dagre.
 *
 * @throws OptionError for unknown options and file endings, FileError where the file cannot be written
 */
export async function plotModel(
  model: Model | Network,
  { toFile, theme, scale, ...options }: PlotModelOptions = {},
): Promise<Drawing> {
  const graph = modelGraph('network' in model ? model.network : model)
  const drawing = drawModel(graph, needsLayout(graph) ? { layout: await graphLayout(), ...options } : options)
  if (toFile !== undefined)
    await saveDrawing(drawing, toFile, {
      ...(theme !== undefined && { theme }),
      ...(scale !== undefined && { scale }),
    })
  return drawing
}

/** Loaded when the first network with branches comes: a chain needs no dagre. */
async function graphLayout() {
  const { layOutGraph } = await import('./layout-graph.js')
  return layOutGraph
}
