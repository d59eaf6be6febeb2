import { Random } from '../../src/base/random.js'
import type { DeviceOptions } from '../../src/engine/backends/backend.js'
import type { Layer } from './layers.js'
import { measure } from './measure.js'
import { drawOperands, isNeeded, passes } from './passes.js'
import { isWrong, type Rung, type Step } from './result.js'
import { verify } from './verify.js'

/** Verifies every pass of a layer, then measures it. A wrong kernel is not measured: its speed would mean nothing. */
export async function climb(layer: Layer, timed: boolean, options: DeviceOptions): Promise<Rung> {
  const operands = timed ? drawOperands(layer, new Random(2, layer.network, layer.name)) : null
  const steps: Step[] = []
  for (const pass of passes) {
    if (!isNeeded(layer, pass)) continue
    const verification = await verify(layer, pass, options)
    const step = { pass, verification, speed: null }
    const speed = operands && !isWrong(step) ? await measure(layer, pass, operands, options) : null
    steps.push({ ...step, speed })
  }
  return { layer, steps }
}
