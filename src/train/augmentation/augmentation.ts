import { OptionError, ShapeError } from '../../base/errors.js'
import type { Rows } from '../../base/rows.js'
import { formatShape, type Shape } from '../../base/shape.js'
import type { Values } from '../../engine/backends/backend.js'
import type { Graph } from '../../engine/graph/graph.js'
import type { LossName } from '../../nn/losses.js'
import { BatchDraw, type BatchPlace } from './draw.js'
import type { AnyKind } from './kind.js'
import type { Seen } from './part.js'
import { type PlacedPass, passesOf } from './passes.js'
import { type Pictures, pixelRange } from './pictures.js'
import { kinds } from './registry.js'
import { type AugmentStep, augmentationFromConfig } from './step.js'

/** A list of augmentations made ready for pictures of one shape: what to record, and what to draw for each batch. */
export class Augmentation {
  /** Lists that record the same have the same key. */
  readonly key: string

  private constructor(
    readonly steps: readonly AugmentStep[],
    private readonly passes: readonly PlacedPass[],
    pictures: Pictures,
  ) {
    this.key = JSON.stringify([steps, pictures])
  }

  /**
   * Reads and checks a list; null where it is empty.
   *
   * @param who begins the messages
   * @param x the pictures, [N, H, W, C]
   */
  static plan(who: string, config: unknown, x: Rows): Augmentation | null {
    const steps = augmentationFromConfig(config)
    if (steps.length === 0) return null
    const pictures = picturesOf(who, x)
    const parts = steps.flatMap((step, place) =>
      partsOf(step, pictures).map(part => ({ place: String(place), part })),
    )
    return new Augmentation(steps, passesOf(parts, pictures), pictures)
  }

  /** The first step that mixes pictures; undefined where none does. */
  get mixing(): AugmentStep | undefined {
    return this.steps.find(({ name }) => (kinds[name] as AnyKind).mixes)
  }

  /** Records what becomes of a batch. Its numbers are inputs of the graph, which `draw` fills. */
  record(graph: Graph, seen: Seen): Seen {
    graph.label = 'augmentation'
    const rows = seen.x.shape[0]!
    return this.passes.reduce((before, { pass }, i) => {
      const input = (name: string) => graph.input(inputName(i, name), [rows, pass.columns[name]!])
      return pass.record(graph, before, input)
    }, seen)
  }

  /** The numbers for a batch, by the names of the graph's inputs. */
  draw(place: BatchPlace): Values {
    const batch = new BatchDraw(place)
    const values: Record<string, Float32Array> = {}
    this.passes.forEach(({ pass, place }, i) => {
      const into = Object.fromEntries(
        Object.entries(pass.columns).map(([name, columns]) => [
          name,
          new Float32Array(batch.count * columns),
        ]),
      )
      pass.draw(batch, place, into)
      for (const [name, numbers] of Object.entries(into)) values[inputName(i, name)] = numbers
    })
    return values
  }
}

const inputName = (pass: number, name: string): string => `augment/${pass}/${name}`

/** Refuses a training that cannot mix what pictures show. */
export function checkMixing(
  augmentation: Augmentation,
  { loss, batchSize }: { readonly loss: LossName; readonly batchSize: number },
): void {
  const mixing = augmentation.mixing
  if (!mixing) return
  if (loss === 'sparseCategoricalCrossentropy')
    throw new OptionError(
      `fit: ${mixing.name} mixes two classes, but the loss sparseCategoricalCrossentropy takes one class number a picture.`,
      'Use categoricalCrossentropy, whose rows can be shares of two classes. y may stay as it is.',
    )
  if (batchSize < 2)
    throw new OptionError(
      `fit: ${mixing.name} mixes each picture with another one of its batch, but batchSize is ${batchSize}.`,
      'Give a batchSize of at least 2.',
    )
}

function picturesOf(who: string, x: Rows): Pictures {
  const shape: Shape = x.shape.slice(1)
  const [height, width, channels] = shape
  if (shape.length !== 3 || !height || !width || !channels)
    throw new ShapeError(
      `${who}: augmentation needs pictures [N, H, W, C], but x is ${formatShape(x.shape)}.`,
      'Give pictures, and let the network begin with Flatten or Reshape where it wants rows; or leave augment out.',
    )
  return { height, width, channels, range: pixelRange(x) }
}

function partsOf({ name, ...options }: AugmentStep, pictures: Pictures) {
  const kind: AnyKind = kinds[name]
  kind.checkPictures?.(options as never, pictures)
  return kind.parts(options as never, pictures)
}
