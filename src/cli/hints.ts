import { columnsOf, padRight } from '../base/columns.js'

/** Commands a person may want next, each with what it is for, in two columns. */
export function formatHints(
  title: string,
  hints: readonly (readonly [command: string, purpose: string])[],
): string {
  const width = Math.max(...hints.map(([command]) => columnsOf(command)))
  const lines = hints.map(([command, purpose]) => `  ${padRight(command, width)}   ${purpose}`)
  return [`${title}:`, ...lines].join('\n')
}
