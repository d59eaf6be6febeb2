import type { Announcer } from './announcer.js'
import type { Training } from './training.js'

/** Saves checkpoints when they are due, and no place twice, unless it has become the end. Does nothing where nobody asked for checkpoints. */
export class CheckpointWriter {
  private lastSave: number
  private lastPlace = ''

  constructor(
    private readonly training: Training,
    private readonly announcer: Announcer,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.lastSave = now()
  }

  /** Saves when `everySeconds` have passed since the last time. */
  async saveWhenDue(): Promise<void> {
    const every = this.training.plan.options.checkpoint?.everySeconds ?? Number.POSITIVE_INFINITY
    if (this.now() - this.lastSave >= every) await this.save()
  }

  /** Callbacks may have changed weights just now, so they are read here. */
  async save({ best = false }: { best?: boolean } = {}): Promise<void> {
    const policy = this.training.plan.options.checkpoint
    const { epoch, step, isDone } = this.training
    const place = `${epoch}/${step}/${isDone}`
    if (!policy || place === this.lastPlace) return
    await policy.save(this.training.checkpoint(), { best })
    this.lastPlace = place
    this.lastSave = this.now()
    this.announcer.tell({ type: 'checkpoint', epoch, step })
  }
}
