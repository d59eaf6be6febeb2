/** `24832` → `24,832` */
export const grouped = (count: number): string => count.toLocaleString('en-US')

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']

/** `2526632` → `2.41 MB`, in steps of 1024. */
export function readableBytes(bytes: number): string {
  let [size, unit] = [bytes, 0]
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${size.toFixed(2)} ${units[unit]}`
}

/** Lines of at most `width` letters, broken at spaces; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(word => pieces(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= width) {
      line = longer
      continue
    }
    lines.push(line)
    line = word
  }
  return [...lines, line]
}

const pieces = (word: string, width: number): string[] =>
  Array.from({ length: Math.ceil(word.length / width) || 1 }, (_, i) =>
    word.slice(i * width, (i + 1) * width),
  )
