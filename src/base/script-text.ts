/** A function that is sent to a page as text. It may use nothing from around it but the parts sent with it. */
export type ScriptPart = (...values: never[]) => unknown

/**
 * Functions of one file as a text that a page can run: an expression whose value is the first of them. They call each other
 * by name, so all are function declarations, and none is imported (decision 5 does the same for workers).
 */
export const scriptOf = (entry: ScriptPart, ...parts: readonly ScriptPart[]): string =>
  `(() => {\n${[entry, ...parts].join('\n')}\nreturn ${entry.name}\n})()`

/** Plain data as a literal that may stand in a script. */
export const literal = (data: unknown): string =>
  JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
