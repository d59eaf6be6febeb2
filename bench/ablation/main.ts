import { usePlatform } from '../../src/base/platform.js'
import type { Dataset, Examples } from '../../src/data/dataset.js'
import { loadDataset } from '../../src/node/load-dataset.js'
import { nodePlatform } from '../../src/node/platform.js'
import { type AblationArguments, parseAblationArguments, usage } from './arguments.js'
import { ablationTable, type Row } from './table.js'
import { type Parts, type Trained, trainRecipe } from './training.js'

/** The fifth training file is not among them: what recipes reach is measured there. */
const TRAINED = 30_000
const MEASURED = 10_000

/** Progress: standard output is for the table. */
const tell = (progress: string): void => void process.stderr.write(`${progress}\n`)

async function main(options: AblationArguments): Promise<void> {
  if (options.help) return console.log(usage)
  const parts = partsOf(await loadDataset('cifar10', options.data === null ? {} : { data: options.data }))
  const rows: Row[] = []
  for (const { name, change } of options.variants) {
    const trainings: Trained[] = []
    for (let seed = 0; seed < options.seeds; seed++)
      trainings.push(await trainRecipe(change(options.recipe), parts, seed))
    rows.push({ name, trainings })
    // The table so far, so that a long run that is cut off has not been for nothing.
    tell(`\n${ablationTable(rows)}`)
  }
  console.log(ablationTable(rows))
}

const partsOf = ({ train }: Dataset): Parts => ({
  train: rowsOf(train, 0, TRAINED),
  measured: rowsOf(train, TRAINED, TRAINED + MEASURED),
})

const rowsOf = ({ x, y }: Examples, from: number, to: number): Examples => ({
  x: x.slice(from, to),
  y: y.slice(from, to),
})

usePlatform(nodePlatform)
try {
  await main(parseAblationArguments(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
