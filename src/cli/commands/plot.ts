import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { addPlotHistory } from './plot/history.js'
import { addPlotModel } from './plot/model.js'

/** `fovea plot`: drawings of a network and of a run. */
/** `fovea plot`: drawings of a network and of its training. */
export function addPlot(program: Command, context: CliContext): void {
  const plot = program.command('plot').description('draw a network or the curves of a run')
  addPlotModel(plot, context)
  addPlotHistory(plot, context)
}
