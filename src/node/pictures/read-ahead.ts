export interface ReadAheadOptions {
  /** Items of a batch. */
  readonly batch: number
  /** Items that are read, or have been, before anybody asks for them. */
  readonly ahead: number
  /** Ends the batches: what has been taken by then comes, nothing else. */
  readonly signal: AbortSignal
}

/**
 * Batches of what `read` makes of items, in their order. While one batch is used the next is read. A batch is full unless
 * there is nothing to read for the moment, because the items come from somebody slow or have ended: nobody waits for what is
 * there.
 *
 * @throws what the items or `read` threw
 */
export async function* readAhead<Item, Read>(
  items: AsyncIterable<Item> | Iterable<Item>,
  read: (item: Item) => Promise<Read>,
  { batch, ahead, signal }: ReadAheadOptions,
): AsyncGenerator<Read[]> {
  const begun: Promise<Read>[] = []
  const [arrival, departure] = [new Bell(), new Bell()]
  let over = false
  const beginAll = async () => {
    for await (const item of items) {
      while (begun.length >= ahead && !over) await departure.rung()
      if (over) return
      const reading = read(item)
      reading.catch(() => undefined) // whoever takes it hears of it; until then it may wait
      begun.push(reading)
      arrival.ring()
    }
  }
  const source = beginAll().finally(() => {
    over = true
    arrival.ring()
  })
  source.catch(() => undefined) // told below
  const stop = () => arrival.ring()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      const taken: Read[] = []
      while (taken.length < batch && begun.length > 0 && !signal.aborted) {
        const next = begun.shift()!
        departure.ring()
        taken.push(await next)
        if (begun.length === 0 && !over) await turn() // a source that has more gets to say so
      }
      if (taken.length > 0) yield taken
      else if (over) break
      else await arrival.rung()
    }
    if (!signal.aborted) await source
  } finally {
    over = true
    departure.ring()
    signal.removeEventListener('abort', stop)
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Lets one wait for what another does. */
class Bell {
  private wake = () => {}

  ring(): void {
    this.wake()
  }

  rung(): Promise<void> {
    return new Promise(resolve => {
      this.wake = resolve
    })
  }
}
