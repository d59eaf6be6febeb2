import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { SeenModelOptions } from '../../explain/seen-model.js'
import { addSeenOptions } from './seen-options.js'

/** `fovea explain filters`: the first filters before and after training, and which filters are dead. */
export function addExplainFilters(explain: Command, { io }: CliContext): void {
  const command = explain
    .command('filters')
    .description('show the filters of the first layer before and after training, and count dead ones')
    .argument('<model>', 'a run folder (its last weights) or a model file')
  addSeenOptions(command).action(async (path: string, options: SeenModelOptions) => {
    const { explainFilters } = await import('../../explain/filters.js')
    await explainFilters(path, options, io)
  })
}
