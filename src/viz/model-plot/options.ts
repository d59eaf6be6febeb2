import { refuseUnknownOptions, unknownName } from '../../base/nearest.js'
import type { GraphLayout, Rankdir } from './graph.js'

/** `classic`: as Keras 2 draws it, and the tutorial. `keras3`: as Keras 3 does. */
export type ModelPlotStyle = 'classic' | 'keras3'

/** The words and defaults of Keras' plot_model where it has them. */
export interface ModelPlotOptions {
  /** Default `classic`. */
  readonly style?: ModelPlotStyle
  /** Shapes of inputs and outputs. Default false. */
  readonly showShapes?: boolean
  /** Default: true in `classic`, false in `keras3`, as in the Keras of that time. */
  readonly showLayerNames?: boolean
  /** Default false. */
  readonly showLayerActivations?: boolean
  /** Whether training changes a layer's weights. Default false. */
  readonly showTrainable?: boolean
  /** How many numbers a layer's weights hold (not in Keras). Default false. */
  readonly showParams?: boolean
  /** `TB`: from top to bottom. `LR`: from left to right. Default `TB`. */
  readonly rankdir?: Rankdir
}

export interface DrawModelOptions extends ModelPlotOptions {
  /** Places the boxes of networks with branches; a chain of layers needs none. */
  readonly layout?: GraphLayout
}

/** Every choice made. */
export type ModelLook = Required<ModelPlotOptions>

const modelPlotStyles: readonly ModelPlotStyle[] = ['classic', 'keras3']
const rankdirs: readonly Rankdir[] = ['TB', 'LR']

const defaults = {
  showShapes: false,
  showLayerActivations: false,
  showTrainable: false,
  showParams: false,
  rankdir: 'TB',
} as const
const known = [...Object.keys(defaults), 'style', 'showLayerNames', 'layout']

/** The options with their defaults; an unknown name, style or direction is an OptionError that offers the nearest. */
export function lookOf(options: DrawModelOptions): ModelLook {
  refuseUnknownOptions('drawModel', options, known)
  const { layout: _, style = 'classic', showLayerNames = style === 'classic', ...chosen } = options
  const look = { ...defaults, style, showLayerNames, ...chosen }
  if (!modelPlotStyles.includes(look.style)) throw unknownName('style', look.style, modelPlotStyles)
  if (!rankdirs.includes(look.rankdir)) throw unknownName('rankdir', look.rankdir, rankdirs)
  return look
}
