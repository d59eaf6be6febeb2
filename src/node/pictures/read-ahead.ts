import { ReadQueue } from './read-queue.js'

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
  const queue = new ReadQueue(items, read, ahead)
  const stop = () => queue.wake()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      const taken: Read[] = []
      while (taken.length < batch && queue.length > 0 && !signal.aborted) {
        taken.push(await queue.take())
        if (queue.length === 0 && !queue.isOver) await turn() // a source that has more gets to say so
      }
      if (taken.length > 0) yield taken
      else if (queue.isOver) break
      else await queue.arrival()
    }
    if (!signal.aborted) await queue.source
  } finally {
    queue.close()
    signal.removeEventListener('abort', stop)
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
