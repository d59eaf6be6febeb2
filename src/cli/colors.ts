import picocolors from 'picocolors'

/**
 * Whether what a command prints is coloured: on a terminal, not in a file or a pipe. Picocolors by itself also colours wherever `CI` is
 * set, and a table written to a file there would be full of escape codes. `NO_COLOR` (https://no-color.org) and `FORCE_COLOR` decide
 * when they are given.
 */
export function wantsColors(env: NodeJS.ProcessEnv, isTerminal: boolean | undefined): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return isTerminal === true && env.TERM !== 'dumb'
}

/** The colours of this process's standard output. */
export const processColors = () => picocolors.createColors(wantsColors(process.env, process.stdout.isTTY))
