import { atomicAdd, i32 } from './assembler/expressions.js'
import type { Callable, FunctionBuilder, Local } from './assembler/function.js'
import { ModuleBuilder } from './assembler/module.js'
import { VectorMath } from './kernels/math.js'
import { CONTROL, MAX_PAGES } from './layout.js'
import type { Plan, PlannedStep } from './plan.js'

/** Looks at the generation so often before a thread goes to sleep: sleeping and waking take longer than most steps. */
const SPINS = 12_000

/**
 * The module of a plan. It exports `run(first, last, thread, threads, scratch, ready)`, which computes the steps from
 * `first` to before `last`, without those that prepare weights where these are `ready`; every thread calls it once, and
 * they meet at a barrier behind each step. `meet(threads)` is that barrier alone.
 */
export function assemble(
  plan: Plan,
  { shared, pages, fused }: { shared: boolean; pages: number; fused: boolean },
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared, initial: pages, maximum: MAX_PAGES }, { fused })
  const math = new VectorMath(module)
  const steps = plan.steps.map(planned => defineStep(module, math, planned))
  const barrier = shared ? defineBarrier(module) : null
  const run = module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], null, f => {
    const [first, last, thread, threads, scratch, ready] = f.parameters as Local<'i32'>[]
    const piece = f.i32()
    plan.steps.forEach(({ step, prepares }, index) => {
      const wanted = i32.and(i32.le(first!, index), i32.gt(last!, index))
      f.if(prepares ? i32.and(wanted, i32.eqz(ready!)) : wanted, () => {
        const call = () => f.call(steps[index]!, piece, scratch!)
        const alone = () => f.for(piece, 0, step.pieces, 1, call)
        if (!barrier) return alone()
        const together = () => {
          if (step.pieces === 1) f.if(i32.eqz(thread!), alone)
          else takePieces(f, piece, step.pieces, call)
          f.call(barrier, threads!)
        }
        f.if(i32.eq(threads!, 1), alone, together)
      })
    })
  })
  module.export('run', run)
  if (barrier) module.export('meet', barrier)
  return module.toBytes()
}

function defineStep(module: ModuleBuilder, math: VectorMath, { step, at }: PlannedStep): Callable {
  return module.define(['i32', 'i32'], null, f => {
    const [piece, scratch] = f.parameters as [Local<'i32'>, Local<'i32'>]
    step.emit({ f, at, piece, scratch, math })
  })
}

/** Whoever is free takes the next piece, until none is left. */
function takePieces(f: FunctionBuilder, piece: Local<'i32'>, pieces: number, call: () => void): void {
  const take = () => f.set(piece, atomicAdd(CONTROL.nextPiece, 1))
  take()
  f.while(i32.lt(piece, pieces), () => {
    call()
    take()
  })
}

/** The last thread to arrive opens the next step and wakes the others. */
function defineBarrier(module: ModuleBuilder): Callable {
  return module.define(['i32'], null, f => {
    const [threads] = f.parameters as [Local<'i32'>]
    const generation = f.i32(i32.atomicLoad(CONTROL.generation))
    const before = f.i32(atomicAdd(CONTROL.arrived, 1))
    const waiting = i32.eq(i32.atomicLoad(CONTROL.generation), generation)
    f.if(
      i32.eq(before, i32.sub(threads, 1)),
      () => {
        f.atomicStore(CONTROL.nextPiece, 0)
        f.atomicStore(CONTROL.arrived, 0)
        f.atomicStore(CONTROL.generation, i32.add(generation, 1))
        f.atomicNotify(CONTROL.generation)
      },
      () => {
        const spins = f.i32(SPINS)
        f.while(i32.and(waiting, i32.gt(spins, 0)), () => f.increase(spins, -1))
        f.while(waiting, () => f.atomicWait(CONTROL.generation, generation))
      },
    )
  })
}
