/** So much of something may be in use at once; who wants more waits, and is served in the order of asking. */
export class Allowance {
  private used = 0
  private readonly waiting: { readonly amount: number; readonly begin: () => void }[] = []

  constructor(private readonly most: number) {}

  /** Does `work` when there is room for it. What wants more than there can ever be is done alone. */
  async with<T>(amount: number, work: () => Promise<T>): Promise<T> {
    const wanted = Math.min(amount, this.most)
    await this.take(wanted)
    try {
      return await work()
    } finally {
      this.used -= wanted
      this.serve()
    }
  }

  private async take(amount: number): Promise<void> {
    const turn = new Promise<void>(begin => this.waiting.push({ amount, begin }))
    this.serve()
    await turn
  }

  private serve(): void {
    for (let next = this.waiting[0]; next && this.used + next.amount <= this.most; next = this.waiting[0]) {
      this.waiting.shift()
      this.used += next.amount
      next.begin()
    }
  }
}
