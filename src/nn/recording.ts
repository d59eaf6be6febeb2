import type { Recorder, Value } from '../engine/ops/op.js'
import type { LayerCall } from './calls.js'
import type { OneOrMore, RecordContext } from './layer.js'

/** How a network is recorded, and what the recorder is told on the way. */
export interface RecordOptions {
  readonly training: boolean
  /** The random state [2] = (seed, step), for dropout; needed while training. */
  readonly randomState?: () => Value
  /** Numbers that never change, named `layer/word`; needed by batch normalization. */
  readonly constant?: (name: string, values: readonly number[]) => Value
  /** Told that after the step the weight holds `value`. */
  readonly update?: (weight: string, value: Value) => void
  /** Told the output of every layer. */
  readonly visit?: (call: LayerCall, output: Value) => void
  /** Told the name of the layer whose ops come next. */
  readonly label?: (name: string) => void
}

/** Records the calls in their order and returns the output of each. `fed` holds the values of the input layers. */
export function recordCalls(
  recorder: Recorder,
  calls: readonly LayerCall[],
  fed: ReadonlyMap<number, Value>,
  weight: (name: string) => Value,
  options: RecordOptions,
): Value[] {
  const values: Value[] = []
  calls.forEach((call, place) => {
    options.label?.(call.name)
    const given = fed.get(place)
    const inputs: readonly Value[] = given ? [given] : call.inputs.map(input => values[input]!)
    const weights = call.weights.map(({ name }) => weight(name))
    const context = contextOf(call, recorder, options)
    // Every layer was applied to at least one input, or is fed.
    const output = call.layer.record(context, inputs as OneOrMore<Value>, weights)
    options.visit?.(call, output)
    values.push(output)
  })
  return values
}

/** What a layer sees of the recording: names of its own, without the layer's name before them. */
function contextOf(call: LayerCall, recorder: Recorder, options: RecordOptions): RecordContext {
  const { training, randomState, constant, update } = options
  const needed = (option: string): never => {
    throw new Error(`"${call.name}" cannot be recorded without the option ${option}`)
  }
  return {
    recorder,
    training,
    salt: call.salt,
    randomState: () => randomState?.() ?? needed('randomState'),
    constant: (name, values) => constant?.(`${call.name}/${name}`, values) ?? needed('constant'),
    update: (name, value) => update?.(`${call.name}/${name}`, value),
  }
}
