import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { sizeOf } from '../../base/shape.js'
import { Tensor } from '../../base/tensor.js'
import { gatherRows } from '../../data/batch.js'
import type { Backend, Device, Program, Values } from '../../engine/backends/backend.js'
import { defaultBackend } from '../../engine/backends/select.js'
import { Graph } from '../../engine/graph/graph.js'
import { checkWhole } from '../option-checks.js'
import { Augmentation } from './augmentation.js'
import type { AugmentStep } from './step.js'

export interface ApplyOptions {
  /** Fixes all chances, as the seed of `fit` does. Default 0. */
  readonly seed?: number
  /** The epoch of training, from 0: in each a picture gets something else. Default 0. */
  readonly epoch?: number
  /** Pictures that are computed, and mixed, together. Default 256. */
  readonly batchSize?: number
  /** What each picture shows, as rows [N, …]: what mixup and cutmix mix. */
  readonly target?: Tensor
  /** Default: one for each core. The numbers do not depend on it. */
  readonly threads?: number
  /** Where the numbers are computed. Default: the fastest there is. */
  readonly backend?: Backend
}

/** Pictures as the network would see them. */
export interface Augmented {
  /** [N, H, W, C], scaled as the network gets them */
  readonly x: Tensor<Float32Array>
  /** [N, …], what is left and what was mixed in; null without `target`. */
  readonly target: Tensor<Float32Array> | null
}

const optionNames = ['seed', 'epoch', 'batchSize', 'target', 'threads', 'backend']

/**
 * What training makes of `pictures` [N, H, W, C] in an epoch: the same ops, the same chances for picture number 0, 1, … of the
 * training set. Only with whom mixup and cutmix mix depends on the batch.
 */
export async function apply(
  pictures: Tensor,
  steps: readonly AugmentStep[],
  options: ApplyOptions = {},
): Promise<Tensor<Float32Array>> {
  return (await applyWithTarget(pictures, steps, options)).x
}

/** The same, with what the pictures show. */
export async function applyWithTarget(
  pictures: Tensor,
  steps: readonly AugmentStep[],
  options: ApplyOptions = {},
): Promise<Augmented> {
  refuseUnknownOptions('augment.apply', options, optionNames)
  const { seed = 0, epoch = 0, batchSize = 256, target = null, threads } = options
  checkWhole('augment.apply', 'seed', seed, 0)
  checkWhole('augment.apply', 'epoch', epoch, 0)
  checkWhole('augment.apply', 'batchSize', batchSize, 1)
  if (target && target.rows !== pictures.rows)
    throw new OptionError(
      `augment.apply: there are ${pictures.rows} pictures, but target has ${target.rows} rows.`,
    )
  const augmentation = Augmentation.plan('augment.apply', steps, pictures)
  const device = await (options.backend ?? defaultBackend()).open(
    [],
    threads === undefined ? {} : { threads },
  )
  try {
    const runner = new Runner(device, augmentation, { pictures, target, batchSize })
    return await runner.run(seed, epoch)
  } finally {
    device.close()
  }
}

interface Given {
  readonly pictures: Tensor
  readonly target: Tensor | null
  readonly batchSize: number
}

/** Runs batch after batch; programs are compiled once a batch size. */
class Runner {
  private readonly programs = new Map<number, Promise<Program>>()

  constructor(
    private readonly device: Device,
    private readonly augmentation: Augmentation | null,
    private readonly given: Given,
  ) {}

  async run(seed: number, epoch: number): Promise<Augmented> {
    const { pictures, target, batchSize } = this.given
    const x = emptyLike(pictures)
    const mixed = target && emptyLike(target)
    for (let from = 0, step = 0; from < pictures.rows; from += batchSize, step++) {
      const length = Math.min(batchSize, pictures.rows - from)
      const rows = Uint32Array.from({ length }, (_, i) => from + i)
      const outputs = await this.runBatch(rows, this.augmentation?.draw({ seed, epoch, step, rows }) ?? {})
      x.data.set(outputs.x!, from * sizeOf(x.shape.slice(1)))
      if (mixed) mixed.data.set(outputs.target!, from * sizeOf(mixed.shape.slice(1)))
    }
    return { x, target: mixed }
  }

  private async runBatch(rows: Uint32Array, draws: Values): Promise<Values> {
    const { pictures, target } = this.given
    const known = this.programs.get(rows.length)
    const compiling = known ?? this.device.compile(this.record(rows.length))
    this.programs.set(rows.length, compiling)
    const program = await compiling
    return program.run({
      x: gatherRows(pictures, rows),
      ...(target && { target: gatherRows(target, rows) }),
      ...draws,
    })
  }

  private record(rows: number): Graph {
    const { pictures, target } = this.given
    const graph = new Graph()
    const input = (name: string, { shape }: Tensor) => graph.input(name, [rows, ...shape.slice(1)])
    const seen = { x: input('x', pictures), target: target && input('target', target) }
    const result = this.augmentation?.record(graph, seen) ?? seen
    // A graph needs an op to have a place for its output, where there is nothing to augment.
    for (const [name, value] of Object.entries(result))
      if (value) graph.output(name, graph.apply('scale', { factor: 1 }, [value]))
    return graph
  }
}

const emptyLike = ({ shape }: Tensor): Tensor<Float32Array> =>
  new Tensor(new Float32Array(sizeOf(shape)), shape)
