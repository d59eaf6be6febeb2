import { OptionError } from '../../base/errors.js'
import type { Optimizer } from '../optimizers/optimizer.js'
import type { SchedulePlace } from './schedule.js'

/** Keeps an optimizer's learning rate on its schedule, where it has one, and notices when somebody else moves it. */
export class ScheduledRate {
  private last: number | null = null

  constructor(private readonly optimizer: Optimizer) {}

  /** Sets the rate of the step at this place. */
  follow(place: SchedulePlace): void {
    const { schedule, learningRate, name } = this.optimizer
    if (!schedule) return
    if (this.last !== null && learningRate !== this.last)
      throw new OptionError(
        `${name}: its learning rate was set to ${learningRate}, but it follows the schedule "${schedule.name}", which had set ${this.last}.`,
        'Leave the change to the schedule, or compile with a number as learningRate.',
      )
    this.last = schedule.learningRate(place)
    this.optimizer.learningRate = this.last
  }
}
