import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo } from '../cli/capture.js'
import {
  codeBlocks,
  commandLines,
  expectKnownCommand,
  readText,
  root,
  runCode,
  typeErrors,
  wordsOf,
} from './code-blocks.js'

// The guide is a program: its blocks of TypeScript, one after the other, make every figure it shows anew, and each must be the
// committed one to the last byte. `npx vitest run tests/docs -u` writes them again.

const guide = readText('docs/guide/seen.md')
const figures = join(root, 'docs/guide/figures')
const script = codeBlocks(guide, 'ts').join('\n')
const shown = [...guide.matchAll(/!\[([^\]]*)\]\(figures\/([^)]+)\)/g)].map(([, alt, name]) => ({
  alt: alt!,
  name: name!,
}))

const start = process.cwd()
const printed: unknown[][] = []
let home: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'fovea-guide-'))
  process.chdir(home)
  vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
  await runCode(script, join(home, 'guide.ts'))
}, 240_000)

afterAll(() => {
  vi.restoreAllMocks()
  process.chdir(start)
  rmSync(home, { recursive: true })
})

test('every figure is shown once, with words for those who do not see it, and every one there is is made', () => {
  const names = shown.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(shown.filter(({ alt }) => alt.length < 30)).toEqual([])
  expect(readdirSync(join(home, 'figures')).sort()).toEqual([...names].sort())
  expect(readdirSync(figures).sort()).toEqual([...names].sort())
})

for (const { name } of shown)
  test(`the guide makes ${name}`, async () => {
    const svg = readFileSync(join(home, 'figures', name), 'utf8')
    await expect(svg).toMatchFileSnapshot(join(figures, name))
  })

test('all figures together are no load for whoever fetches the project', () => {
  const bytes = readdirSync(figures).reduce((sum, name) => sum + statSync(join(figures, name)).size, 0)
  expect(bytes).toBeLessThan(600_000)
})

test('the other files are written, too, and the numbers are those the text speaks of', () => {
  for (const name of ['convolution.html', 'report.html', 'slide.png', 'curves.json'])
    expect(existsSync(name), name).toBe(true)
  const sentences = printed.flat().filter(word => typeof word === 'string')
  expect(sentences.join('\n')).toMatch(/Shifted by -?\d+/)
  expect(sentences.join('\n')).toContain('overfitting')
})

test("the guide's code has no type error", () => {
  expect(typeErrors([script], home)).toEqual([])
})

const lines = commandLines(guide)

test('the guide shows every command that explains or plots, and the report', () => {
  const named = lines.map(line => wordsOf(line).slice(0, 2).join(' '))
  const explained = readdirSync(join(root, 'src/cli/commands/explain')).map(
    file => `explain ${file.slice(0, -3)}`,
  )
  const expected = [...explained.filter(name => !name.includes('-options')), 'plot model', 'plot history']
  expect(named).toEqual(expect.arrayContaining(expected))
  expect(lines).toContain('report runs/mine')
})

for (const line of lines)
  test(`fovea ${line}: there is such a command with these options`, () => expectKnownCommand(line))

/** Lines that need neither a run, nor a picture, nor minutes. */
const ready = lines.filter(line => !/^train|runs\/|cat\.png|^explain shift/.test(line))

for (const line of ready)
  test(`fovea ${line} does its work as it stands`, async () => {
    const { io, out, err } = captureIo()
    expect(await run(wordsOf(line), io)).toBe(0)
    expect(err).toEqual([])
    const file = wordsOf(line).find((_, i, words) => words[i - 1] === '-o')
    if (file === undefined) return expect(out.join('\n').split('\n').length).toBeGreaterThan(9)
    const [wrote, ...sentences] = out
    expect(wrote).toBe(`Wrote ${file}`)
    expect(sentences.join('\n')).toMatch(/\w{3}.*\.$/)
    expect(existsSync(file)).toBe(true)
  })
