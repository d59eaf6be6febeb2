/** So many answers of the file system are awaited at a time. */
const width = 64

/** Asks for every item, some at a time; the answers in the order of the items. */
export async function inBatches<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = []
  for (let start = 0; start < items.length; start += width)
    answers.push(...(await Promise.all(items.slice(start, start + width).map(ask))))
  return answers
}
