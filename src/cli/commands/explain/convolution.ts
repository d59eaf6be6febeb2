import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainConvolutionOptions } from '../../explain/convolution.js'
import { anyNumber, wholeNumber } from '../../options.js'

/** `fovea explain convolution`: a filter's way over a picture, step by step. */
export function addExplainConvolution(explain: Command, { io }: CliContext): void {
  explain
    .command('convolution')
    .description('show step by step what a filter makes of a picture, with the numbers')
    .argument('[picture]', 'a picture file (default: 5×5 cells of our own)')
    .option('--filter <name>', 'sharpen, edges, outline, blur, emboss, sobel-x, sobel-y or identity')
    .option('--kernel <rows>', 'a filter of your own: "0 -1 0; -1 5 -1; 0 -1 0"')
    .option('--input <rows>', 'cells of your own: "1 2 3; 4 5 6; 7 8 9"')
    .option('--at <row,column>', 'an output cell, counted from 0 (default: first, second and last step)')
    .option('--bias <b>', 'added to every sum (default: 0)', anyNumber('--bias', '-1.5'))
    .option('--padding <kind>', 'valid or same', 'valid')
    .option('--strides <n>', 'cells the filter moves (default: 1)', wholeNumber('--strides', 1, '2'))
    .option('--size <HxW>', 'size the picture is brought to (default: its own, at most 256)')
    .option('--tones <rule>', 'how the output becomes a picture: shift, symmetric or range', 'shift')
    .option('-o, --output <file>', 'write a drawing (.svg, .png), a page to play with (.html), .csv or .json')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (picture: string | undefined, options: ExplainConvolutionOptions) => {
      const { explainConvolution } = await import('../../explain/convolution.js')
      await explainConvolution(picture ?? null, options, io)
    })
}
