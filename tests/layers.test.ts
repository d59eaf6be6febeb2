import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// Holds the table of folders in ARCHITECTURE.md against the imports of every source file.

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src')

interface Row {
  readonly folder: string
  readonly mayImport: readonly string[]
}

function readTable(): Row[] {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const section = text.split('## Folders and their arrows')[1]!.split('\n## ')[0]!
  const cells = section
    .split('\n')
    .filter(line => line.startsWith('| '))
    .map(line => line.split('|').map(cell => cell.trim()))
  return cells.slice(1).map(([, folder, , list]) => ({
    folder: folder!,
    mayImport: list === '' ? [] : list!.split(', '),
  }))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesBelow(path)
    return name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name) ? [path] : []
  })
}

/** What a file imports or exports from, dynamic imports included. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  // A word behind a quote is a text, not the language's: checkRate(who, 'from', from).
  return [...text.matchAll(/(?<!['"])\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
}

const localImports = (file: string): string[] =>
  importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => resolve(dirname(file), name.replace(/\.js$/, '.ts')))

const table = readTable()
const inside = (file: string, folder: string) => !relative(join(source, folder), file).startsWith('..')
const folderOf = (file: string): Row | undefined => table.find(({ folder }) => inside(file, folder))
const files = filesBelow(source)
/** The entries stand above the table: they may import everything and are imported by nobody. */
const entries = files.filter(file => dirname(file) === source)
const sourceFiles = files.filter(file => !entries.includes(file))
const named = (file: string) => relative(root, file)

test('every file stands in a folder of the table', () => {
  expect(table.length).toBeGreaterThan(8)
  expect(sourceFiles.filter(file => !folderOf(file)).map(named)).toEqual([])
})

test('imports follow the arrows of the table', () => {
  const wrong = sourceFiles.flatMap(file => {
    const { folder, mayImport } = folderOf(file)!
    return localImports(file)
      .filter(target => ![folder, ...mayImport].some(allowed => inside(target, allowed)))
      .map(target => `${named(file)} imports ${named(target)}`)
  })
  expect(wrong).toEqual([])
})

test('the library half imports no package and nothing of Node', () => {
  const edges = ['node', 'browser', 'serve', 'cli']
  const wrong = sourceFiles
    .filter(file => !edges.some(edge => inside(file, edge)))
    .flatMap(file =>
      importsOf(file)
        .filter(name => !name.startsWith('.'))
        .map(name => `${named(file)}: ${name}`),
    )
  expect(wrong).toEqual([])
})

test('no file imports itself, however long the way round', () => {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].map(named).join(' → '))
    else if (!done.has(file)) for (const target of localImports(file)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(cycles).toEqual([])
})
