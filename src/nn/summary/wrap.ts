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
