import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recipes } from '../../src/recipes/index.js'
import { codeBlocks, commandLines, expectKnownCommand, readText, runCode, typeErrors } from './code-blocks.js'

const text = readText('docs/recipes.md')
const code = codeBlocks(text, 'ts')

test('every recipe has its line in the table', () => {
  const [, table] = text.split('| recipe | network |')
  const named = [...table!.split('\n\n')[0]!.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name)
  expect(named).toEqual(recipes.map(({ name }) => name))
})

test('the code runs, and has no type error', async () => {
  const home = mkdtempSync(join(tmpdir(), 'fovea-recipes-'))
  try {
    expect(typeErrors(code, home)).toEqual([])
    await runCode(code.join('\n'), join(home, 'recipes.ts'))
  } finally {
    rmSync(home, { recursive: true })
  }
})

for (const line of commandLines(text))
  test(`fovea ${line}: there is such a command with these options`, () => expectKnownCommand(line))
