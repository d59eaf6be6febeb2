import type { Convolution, Dense, Layer } from './layers.js'

/** What differs from a 3×3 convolution of 32 pictures, one cell apart, that keeps their size. */
type Differences = Partial<Pick<Convolution, 'images' | 'kernel' | 'stride' | 'padding' | 'common'>>

/** The layers of one network: `size × size × channels → filters`, or `inputs → units`. */
const of = (network: string) => ({
  convolution: (
    name: string,
    [size, channels]: readonly [number, number],
    filters: number,
    differences: Differences = {},
  ): Convolution => ({
    kind: 'convolution',
    network,
    name,
    images: 32,
    size,
    channels,
    filters,
    kernel: 3,
    stride: 1,
    padding: 'same',
    common: true,
    ...differences,
  }),
  dense: (name: string, inputs: number, units: number, images = 32): Dense => ({
    kind: 'dense',
    network,
    name,
    images,
    inputs,
    units,
    common: true,
  }),
})

const tutorial = of('tutorial')
const resnet = of('ResNet-18')
const vgg = of('VGG-16')
const mobilenet = of('MobileNet')
const lenet = of('LeNet-5')
const alexnet = of('AlexNet')
const odd = of('odd')

/**
 * Layers of networks people use. Batches of 32; fewer pictures where a pass would take memory by the gigabyte or seconds.
 */
export const ladder: readonly Layer[] = [
  tutorial.convolution('1', [32, 3], 64),
  tutorial.convolution('2', [32, 64], 64),
  tutorial.convolution('3', [16, 64], 32),
  tutorial.convolution('4', [16, 32], 32),
  tutorial.convolution('5', [8, 32], 16),
  tutorial.convolution('6', [8, 16], 16),
  tutorial.dense('dense', 1024, 512),
  tutorial.dense('dense, batch 128', 1024, 512, 128),
  tutorial.dense('last', 64, 10),
  resnet.convolution('stem', [224, 3], 64, { images: 8, kernel: 7, stride: 2 }),
  resnet.convolution('1', [56, 64], 64, { images: 16 }),
  resnet.convolution('2, first', [56, 64], 128, { stride: 2 }),
  resnet.convolution('2', [28, 128], 128, { images: 16 }),
  resnet.convolution('2, shortcut', [56, 64], 128, { kernel: 1, stride: 2 }),
  resnet.convolution('3, first', [28, 128], 256, { stride: 2 }),
  resnet.convolution('3', [14, 256], 256),
  resnet.convolution('4, first', [14, 256], 512, { stride: 2 }),
  resnet.convolution('4', [7, 512], 512),
  resnet.dense('last', 512, 1000),
  vgg.convolution('1.1', [224, 3], 64, { images: 4 }),
  vgg.convolution('1.2', [224, 64], 64, { images: 2 }),
  vgg.convolution('2.2', [112, 128], 128, { images: 2 }),
  vgg.convolution('3.2', [56, 256], 256, { images: 2 }),
  vgg.convolution('4.2', [28, 512], 512, { images: 2 }),
  vgg.convolution('5', [14, 512], 512, { images: 8 }),
  vgg.dense('second dense', 4096, 4096),
  mobilenet.convolution('pointwise 1', [112, 32], 64, { images: 8, kernel: 1 }),
  mobilenet.convolution('pointwise 3', [56, 128], 128, { kernel: 1 }),
  mobilenet.convolution('pointwise 5', [28, 256], 256, { kernel: 1 }),
  mobilenet.convolution('pointwise 7', [14, 512], 512, { kernel: 1 }),
  mobilenet.convolution('pointwise 13', [7, 1024], 1024, { kernel: 1 }),
  lenet.convolution('1', [28, 1], 6, { images: 128, kernel: 5 }),
  lenet.convolution('2', [14, 6], 16, { images: 128, kernel: 5, padding: 'valid' }),
  lenet.dense('first dense', 400, 120, 128),
  alexnet.convolution('2', [27, 48], 128, { kernel: 5 }),
  odd.convolution('all odd', [33, 17], 29, { common: false }),
]
