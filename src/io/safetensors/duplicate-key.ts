/**
 * The first key that stands twice in one object of a valid JSON text; undefined when there is none.
 * `JSON.parse` silently keeps the last of such keys, so that two readers of one file may see different numbers.
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: Set<string>[] = []
  for (const [, key, bracket] of json.matchAll(/("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"|([{}])/g)) {
    if (bracket === '{') open.push(new Set())
    else if (bracket === '}') open.pop()
    else if (key !== undefined) {
      const name = JSON.parse(key) as string
      if (open.at(-1)?.has(name)) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}
