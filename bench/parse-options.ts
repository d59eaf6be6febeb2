import { type ParseArgsConfig, parseArgs } from 'node:util'
import { OptionError } from '../src/base/errors.js'

/** What stands on a bench's command line; `script` is its name in package.json. */
export function parseOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  script: string,
  list: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...list], options }).values
  } catch (error) {
    throw new OptionError(
      `${script}: ${(error as Error).message}`,
      `npm run ${script} -- --help lists the options.`,
    )
  }
}
