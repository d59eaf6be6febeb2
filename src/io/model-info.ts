import type { PictureFit } from '../base/picture-fit.js'
import type { Shape } from '../base/shape.js'
import type { Scaling } from '../base/tensor.js'
import { overviewOf, total } from '../nn/summary/overview.js'
import type { ModelCalibration } from './model-calibration.js'
import type { ModelFile } from './model-file.js'

/** What a model file says, without its numbers: plain data. Null: the file does not say. */
export interface ModelInfo {
  readonly network: {
    readonly name: string
    readonly layers: number
    readonly parameters: number
    /** Of the parameters, those that training changes. */
    readonly trainable: number
    /** Multiply-adds of one picture. */
    readonly multiplyAdds: number
  }
  /** Without the batch axis, one for each input. */
  readonly inputs: readonly Shape[]
  readonly outputs: readonly Shape[]
  readonly preprocessing: Scaling | null
  readonly pictureFit: PictureFit | null
  readonly classNames: readonly string[] | null
  readonly calibration: ModelCalibration | null
  readonly training: Readonly<Record<string, unknown>> | null
  /** Whether the optimizer's state is inside, so that training can go on. */
  readonly optimizer: boolean
}

export function modelInfo(file: ModelFile): ModelInfo {
  const { network } = file
  const { rows, trainable, nonTrainable } = overviewOf(network)
  const shapesAt = (places: readonly number[]) => places.map(place => network.calls[place]!.outputShape)
  return {
    network: {
      name: network.name,
      layers: rows.filter(row => !row.isInput).length,
      parameters: trainable + nonTrainable,
      trainable,
      multiplyAdds: total(rows, 'multiplyAdds'),
    },
    inputs: shapesAt(network.inputs),
    outputs: shapesAt(network.outputs),
    preprocessing: file.preprocessing ?? null,
    pictureFit: file.pictureFit ?? null,
    classNames: file.classNames ?? null,
    calibration: file.calibration ?? null,
    training: file.training ?? null,
    optimizer: file.optimizer !== undefined,
  }
}
