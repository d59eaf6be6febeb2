import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import type { ExplainPlanOptions } from '../explain/plan.js'
import { wholeNumber } from '../options.js'
import { addExplainAugmentation } from './explain/augmentation.js'
import { addExplainConvolution } from './explain/convolution.js'
import { addExplainFeatures } from './explain/features.js'
import { addExplainFilters } from './explain/filters.js'
import { addExplainFocus } from './explain/focus.js'
import { addExplainMistakes } from './explain/mistakes.js'
import { addExplainPadding } from './explain/padding.js'
import { addExplainPooling } from './explain/pooling.js'
import { addExplainShapes } from './explain/shapes.js'
import { addExplainShift } from './explain/shift.js'

/** `fovea explain`: how a network is computed. */
export function addExplain(program: Command, context: CliContext): void {
  const explain = program.command('explain').description('show how a network is computed')
  addExplainPlan(explain, context)
  addExplainConvolution(explain, context)
  addExplainPooling(explain, context)
  addExplainPadding(explain, context)
  addExplainShapes(explain, context)
  addExplainFilters(explain, context)
  addExplainFeatures(explain, context)
  addExplainFocus(explain, context)
  addExplainMistakes(explain, context)
  addExplainShift(explain, context)
  addExplainAugmentation(explain, context)
}

/** `fovea explain plan`: the kernels of one step. */
function addExplainPlan(explain: Command, { io }: CliContext): void {
  explain
    .command('plan')
    .description('print the kernels of one step: algorithm, shapes, bytes, FLOP, and with --time their speed')
    .argument('[model]', 'a run folder or a model file (default: the network that --model names)')
    .option('--model <name>', 'tutorial, dense, small, dimensions or resnet (default: tutorial)')
    .option('--for <kind>', 'train, evaluate or predict', 'train')
    .option(
      '--batch-size <n>',
      'pictures in a step (default: that of the run, else 32)',
      wholeNumber('--batch-size', 1, '32'),
    )
    .option('--time', 'run the step for about a second and measure every kernel')
    .option('--threads <n>', 'default: one for each core', wholeNumber('--threads', 1, '2'))
    .option('--deterministic', 'as with "fovea train --deterministic"')
    .option('--json', 'print the whole plan as JSON')
    .action(async (path: string | undefined, options: ExplainPlanOptions) => {
      const { explainPlan } = await import('../explain/plan.js')
      await explainPlan(path ?? null, options, io)
    })
}
