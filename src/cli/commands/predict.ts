import type { Command } from 'commander'
import type { CliContext } from '../context.js'

/** `fovea predict`: what a model sees in picture files. */
export function addPredict(program: Command, { io }: CliContext): void {
  program
    .command('predict')
    .description('say what pictures show')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .argument('<picture...>', 'PNG, JPEG, WebP, GIF, AVIF, TIFF or SVG files')
    .option('--json', 'print a line of JSON for each picture')
    .action(async (path: string, pictures: string[], options: { json?: boolean }) => {
      const { predict } = await import('../predict.js')
      await predict(path, pictures, io, options.json === true)
    })
}
