/** Things that belong together in groups, joined pair by pair (a union-find structure: Tarjan, 1975). */
export class Groups {
  private readonly parents: Uint32Array

  /** @param count of things, each alone at first */
  constructor(count: number) {
    this.parents = Uint32Array.from({ length: count }, (_, i) => i)
  }

  join(a: number, b: number): void {
    const [one, other] = [this.rootOf(a), this.rootOf(b)]
    this.parents[Math.max(one, other)] = Math.min(one, other)
  }

  together(a: number, b: number): boolean {
    return this.rootOf(a) === this.rootOf(b)
  }

  /** Groups of two and more, in the order of their first members. */
  several(): number[][] {
    const groups = new Map<number, number[]>()
    for (let i = 0; i < this.parents.length; i++) {
      const root = this.rootOf(i)
      const group = groups.get(root)
      if (group) group.push(i)
      else groups.set(root, [i])
    }
    return [...groups.values()].filter(group => group.length > 1)
  }

  private rootOf(i: number): number {
    let root = i
    while (this.parents[root] !== root) {
      this.parents[root] = this.parents[this.parents[root]!]!
      root = this.parents[root]!
    }
    return root
  }
}
