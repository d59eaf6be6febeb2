import type { Values } from '../engine/backends/backend.js'
import type { Batches, BatchRun } from './batches.js'
import { type Diagnosis, diagnose } from './divergence.js'
import type { Numbers } from './session.js'
import type { Place, Training } from './training.js'

/** Steps between two marks: a copy of all numbers is little work beside so many steps. */
const stepsBetweenMarks = 32

interface NotedStep {
  readonly batches: Batches
  readonly step: number
  /** What it was given beside its batch. */
  readonly beside: Values
}

interface Mark {
  readonly place: Place
  readonly numbers: Numbers
  /** Every step since. */
  readonly steps: NotedStep[]
}

/**
 * Finds the way back when a number is no longer finite. By then the update has carried it into every weight, so the
 * steps since the last mark are computed again: training gives the same bits each time.
 */
export class Rewind {
  private previous: Mark | null = null
  private current: Mark

  constructor(private readonly training: Training) {
    this.current = this.mark()
  }

  /** What the step now begun needs beside its batch; noted for the way back. */
  beside(batches: Batches): Values {
    if (this.current.steps.length === stepsBetweenMarks) {
      this.previous = this.current
      this.current = this.mark()
    }
    const beside = this.training.beside()
    this.current.steps.push({ batches, step: this.training.step, beside })
    return beside
  }

  /**
   * Puts the numbers back to before the step that failed, the last noted, and looks at it and at the one before:
   * where no gradient is finite any more, the largest of the step before is the one that tells.
   */
  async explain(failed: BatchRun): Promise<Diagnosis> {
    const before = await this.goBack()
    const found = await diagnose(this.training.session, failed.inputs, {
      rows: failed.rows,
      training: true,
      variant: this.training.plan,
    })
    return { ...found, largest: found.largest ?? before?.largest ?? null }
  }

  /** Goes back to the last mark without computing anything, for where nothing can be computed. Returns its place. */
  goBackToMark(): Place {
    const { place, numbers } = this.current
    this.training.session.write(numbers)
    this.training.goTo(place)
    return place
  }

  /** Returns what was found at the last step before the failing one, where there is one. */
  private async goBack(): Promise<Diagnosis | null> {
    const { session, plan: variant } = this.training
    const start = this.current.steps.length > 1 || !this.previous ? this.current : this.previous
    const steps = start === this.current ? start.steps : [...start.steps, ...this.current.steps]
    session.write(start.numbers)
    let found: Diagnosis | null = null
    for (const noted of steps.slice(0, -1)) {
      const inputs = { ...noted.batches.make(noted.step), ...noted.beside }
      const rows = noted.batches.rowsOf(noted.step)
      if (noted === steps.at(-2)) found = await diagnose(session, inputs, { rows, training: true, variant })
      await session.run(await session.step(this.training.trainStep, rows), inputs)
    }
    return found
  }

  private mark(): Mark {
    return { place: this.training.place, numbers: this.training.session.read(), steps: [] }
  }
}
