/** An amount that requests share. Who asks for more than is left is refused at once: nobody waits here. */
export class Allowance {
  private taken = 0

  /** @param refusal the error for those who are refused */
  constructor(
    readonly capacity: number,
    private readonly refusal: () => Error,
  ) {}

  get inUse(): number {
    return this.taken
  }

  /** Takes `amount`; returns what gives it back, which may be called more than once. */
  take(amount: number): () => void {
    if (this.taken + amount > this.capacity) throw this.refusal()
    this.taken += amount
    let held = amount
    return () => {
      this.taken -= held
      held = 0
    }
  }
}
