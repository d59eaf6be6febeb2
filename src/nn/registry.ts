import { unknownName } from '../base/nearest.js'
import type { Layer } from './layer.js'
import * as layers from './layers/index.js'

/** A layer's class as the registry sees it: its constructor checks whatever it is given. */
type LayerClass = new (options: never) => Layer

const classes: Readonly<Record<string, LayerClass>> = {
  Activation: layers.Activation,
  Add: layers.Add,
  AveragePooling2D: layers.AveragePooling2D,
  BatchNormalization: layers.BatchNormalization,
  Concatenate: layers.Concatenate,
  Conv2D: layers.Conv2D,
  Dense: layers.Dense,
  DepthwiseConv2D: layers.DepthwiseConv2D,
  Dropout: layers.Dropout,
  Flatten: layers.Flatten,
  GaussianDropout: layers.GaussianDropout,
  GaussianNoise: layers.GaussianNoise,
  GlobalAveragePooling2D: layers.GlobalAveragePooling2D,
  GlobalMaxPooling2D: layers.GlobalMaxPooling2D,
  GroupNormalization: layers.GroupNormalization,
  InputLayer: layers.InputLayer,
  LayerNormalization: layers.LayerNormalization,
  MaxPooling2D: layers.MaxPooling2D,
  MinPooling2D: layers.MinPooling2D,
  Normalization: layers.Normalization,
  PatchWhitening: layers.PatchWhitening,
  Reshape: layers.Reshape,
  SeparableConv2D: layers.SeparableConv2D,
  Softmax: layers.Softmax,
  SpatialDropout2D: layers.SpatialDropout2D,
  ZeroPadding2D: layers.ZeroPadding2D,
}

/** Keras' class names of all layers there are. */
export const layerClassNames: readonly string[] = Object.keys(classes)

/** Builds a layer from its class name and its options, as `layer.options` gave them. */
export function layerFromConfig(className: string, config: unknown): Layer {
  if (!Object.hasOwn(classes, className)) throw unknownName('layer', className, layerClassNames)
  const LayerClass = classes[className]!
  // The constructor reads the options by its rules, so whatever a file holds may be handed to it.
  return new LayerClass(config as never)
}
