import { expect, test } from 'vitest'
import type { CliIo } from '../../src/cli/io.js'
import { recipe, start } from '../../src/cli/start.js'
import { captureIo } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

/** A terminal that keeps what is drawn. */
function withTerminal(io: CliIo) {
  const drawn: string[] = []
  return { io: { ...io, terminal: { columns: 100, write: (text: string) => void drawn.push(text) } }, drawn }
}

test('start shows the table, a bar, the test, some predictions and what to try next', async () => {
  const captured = captureIo()
  const { io, drawn } = withTerminal(captured.io)
  expect(await start(io, { ...recipe, model: 'small', epochs: 1 })).toBe(0)
  const out = captured.out.join('\n')
  expect(out).toContain('Model: "sequential"')
  expect(out).toContain(
    'small (14,666 parameters) on shapes: 3,600 pictures, 400 for validation, 1,000 for the test',
  )
  expect(drawn.some(text => /\rEpoch 1\/1 ━+─* +\d+ % · \d+ images\/s · .* left · loss /.test(text))).toBe(
    true,
  )
  expect(drawn.filter(text => text.endsWith('\n')).at(-1)).toMatch(
    /^\rEpoch 1\/1 · .* val_accuracy \d\.\d{4}.*\n$/,
  )
  expect(drawn.some(text => text.includes('Report, section 2 of 8: Learning curves'))).toBe(true)
  expect(out).toMatch(/^Report: runs\/shapes-small-1\/report\.html \(.* KB, opens without a network\)$/m)
  expect(out).toMatch(/accuracy \d+\.\d % ± \d+\.\d \(1,000 pictures\)/)
  expect(out).toMatch(/^Without convolutions \(dense, 1,707,274 parameters\): \d+\.\d % ± \d+\.\d$/m)
  expect(out.match(/ % {2}[✓✗]$/gm)).toHaveLength(10)
  expect(out).toContain('npx fovea evaluate runs/shapes-small-1')
  expect(captured.err).toEqual([])
})

test('the recipe of start fits into two minutes at 175 images a second', () => {
  const pictures = recipe.epochs * 3600 // with backward pass
  const measured = recipe.epochs * 400 + 1000 // forward pass only: a third of the work
  expect((pictures + measured / 3) / 175).toBeLessThan(120)
})
