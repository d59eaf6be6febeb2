/** A function that is sent to a page as text. It may use nothing from around it but the parts sent with it. */
export type ScriptPart = (...values: never[]) => unknown

/**
 * Functions of one file as a text that a page can run: an expression whose value is the first of them. They call each other by
 * name, so all are function declarations; what they need of another file they are given as an argument.
 */
export const scriptOf = (entry: ScriptPart, ...parts: readonly ScriptPart[]): string =>
  `(() => {\n${[entry, ...parts].join('\n')}\nreturn ${entry.name}\n})()`
