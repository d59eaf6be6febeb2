import { OptionError } from '../base/errors.js'
import type { Network } from '../nn/network.js'
import { modelPath, readModelFile } from '../node/model-files.js'
import { namedNetwork } from './named-network.js'

/**
 * The network that a command is about: that of the run folder or model file at `path`, else the one named `model`, else
 * the one named `fallback`.
 *
 * @param command for the message when both a path and a name were given
 */
export async function networkOf(
  command: string,
  path: string | null,
  { model }: { readonly model?: string },
  fallback: string,
): Promise<Network> {
  if (path === null) return namedNetwork(model ?? fallback)
  if (model === undefined) return (await readModelFile(await modelPath(path))).network
  throw new OptionError(
    `${command}: there is one network to be drawn, but --model ${model} and ${path} were given.`,
    'Leave one of them out.',
  )
}
