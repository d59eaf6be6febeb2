/** Gets sentences a person should read. */
export type NoticeListener = (sentence: string) => void

/** Who hears notices, and which it has heard. */
interface Hearing {
  readonly tell: NoticeListener
  readonly heard: Set<string>
}

/** By default notices go to standard error in Node, and to the console in a browser. */
let hearing: Hearing = { tell: sentence => console.warn(sentence), heard: new Set() }

/** Says something about where the program runs, once: what is known by `key` is not said again. */
export function noticeOnce(key: string, sentence: string): void {
  if (hearing.heard.has(key)) return
  hearing.heard.add(key)
  hearing.tell(sentence)
}

/** Notices go to `listener`, which has heard none so far, until the function that is returned is called. */
export function hearNotices(listener: NoticeListener): () => void {
  const before = hearing
  hearing = { tell: listener, heard: new Set() }
  return () => {
    hearing = before
  }
}
