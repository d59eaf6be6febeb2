import type { Shape } from '../../src/base/shape.js'
import type { Window2D } from '../../src/engine/ops/attributes.js'
import { padFor, windowOutput } from '../../src/engine/ops/window.js'

interface Named {
  /** The network it is from. */
  readonly network: string
  readonly name: string
  /** Whether networks people use have such a layer; the targets are for these. */
  readonly common: boolean
}

/** A convolution of square pictures. */
export interface Convolution extends Named {
  readonly kind: 'convolution'
  readonly images: number
  /** Height and width of the input. */
  readonly size: number
  readonly channels: number
  readonly filters: number
  readonly kernel: number
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

/** A dense layer. */
export interface Dense extends Named {
  readonly kind: 'dense'
  readonly images: number
  readonly inputs: number
  readonly units: number
}

export type Layer = Convolution | Dense

/** What goes in, the weights, and what comes out. */
export interface Operands {
  readonly x: Shape
  readonly weights: Shape
  readonly y: Shape
}

/** The window of a convolution, padded as Keras does. */
export function windowOf({ size, kernel, stride, padding }: Convolution): Window2D {
  const window = {
    kernel: [kernel, kernel],
    strides: [stride, stride],
    dilation: [1, 1],
  } as const
  return { ...window, pad: padFor([size, size], window, padding) }
}

export function operandsOf(layer: Layer): Operands {
  const { images } = layer
  if (layer.kind === 'dense')
    return {
      x: [images, layer.inputs],
      weights: [layer.inputs, layer.units],
      y: [images, layer.units],
    }
  const { size, channels, filters, kernel } = layer
  return {
    x: [images, size, size, channels],
    weights: [kernel, kernel, channels, filters],
    y: [images, ...windowOutput([size, size], windowOf(layer)), filters],
  }
}

/** Whether it takes pictures as they are: of one or three channels. Nobody wants the gradient of a picture. */
export const takesPicture = (layer: Layer): boolean =>
  layer.kind === 'convolution' && (layer.channels === 1 || layer.channels === 3)

/** `32 × 56×56×64 → 128, 3×3, stride 2` */
export function describeLayer(layer: Layer): string {
  if (layer.kind === 'dense') return `${layer.images} × ${layer.inputs} → ${layer.units}`
  const { images, size, channels, filters, kernel, stride, padding } = layer
  const notes = [
    `${kernel}×${kernel}`,
    ...(stride === 1 ? [] : [`stride ${stride}`]),
    ...(padding === 'same' ? [] : [padding]),
  ]
  return `${images} × ${size}×${size}×${channels} → ${filters}, ${notes.join(', ')}`
}
