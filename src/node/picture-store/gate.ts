/** Lets work pass as long as what is under way weighs no more than it may together. One heavier than that passes alone. */
export class Gate {
  private used = 0
  private readonly waiting: { readonly weight: number; readonly enter: () => void }[] = []

  constructor(private readonly most: number) {}

  async pass<T>(weight: number, work: () => Promise<T>): Promise<T> {
    await this.enter(weight)
    try {
      return await work()
    } finally {
      this.used -= weight
      this.letIn()
    }
  }

  private enter(weight: number): Promise<void> {
    return new Promise(enter => {
      this.waiting.push({ weight, enter })
      this.letIn()
    })
  }

  /** In the order of their coming, so that a heavy one is not kept waiting for ever. */
  private letIn(): void {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      if (this.used > 0 && this.used + next.weight > this.most) return
      this.waiting.shift()
      this.used += next.weight
      next.enter()
    }
  }
}
