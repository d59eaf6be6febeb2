import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createTar } from 'nanotar'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../src/cli/main.js'

// What the README shows, runs: its TypeScript as it stands, on a few pictures in the place of CIFAR-10's download, and
// its command lines as far as their words and options go.

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(match => match[1]!)

let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'fovea-readme-'))
  vi.stubEnv('FOVEA_CACHE', home)
  vi.spyOn(process, 'cwd').mockReturnValue(home)
  const folder = join(home, 'cifar-10-batches-bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'cifar-10-binary.tar.gz'), gzipSync(createTar(tinyCifar())))
})

afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

/** The official files with a few records each: class and picture follow from the record's number. */
function tinyCifar(): { name: string; data: Uint8Array }[] {
  const record = (number: number) => {
    const bytes = new Uint8Array(3073).fill((number * 25) % 256)
    bytes[0] = number % 10
    return bytes
  }
  const file = (name: string, records: number) => ({
    name: `cifar-10-batches-bin/${name}`,
    data: Buffer.concat(Array.from({ length: records }, (_, i) => record(i))),
  })
  const batches = [1, 2, 3, 4, 5].map(i => file(`data_batch_${i}.bin`, 4))
  return [...batches, file('test_batch.bin', 10)]
}

const code = blocks('ts')

test('the README shows code', () => {
  expect(code.length).toBe(3)
})

code.forEach((block, number) =>
  test(`the README's code ${number + 1} runs`, async () => {
    const printed: unknown[][] = []
    vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const path = join(home, `readme-${number}.ts`)
    const source = block
      .replace("'fovea'", `'${join(root, 'src/index.node.ts')}'`)
      .replaceAll("'shapes.safetensors'", `'${join(home, 'shapes.safetensors')}'`)
    writeFileSync(path, source)
    await import(/* @vite-ignore */ path)
    if (number === 0) {
      expect(String(printed[0])).toContain('Total params: 631,658')
      const [accuracies, loss, accuracy] = printed.at(-1)!
      expect((accuracies as number[]).length).toBe(40)
      expect(loss).toBeGreaterThan(0)
      expect(accuracy).toBeGreaterThanOrEqual(0)
    }
    if (number === 2) expect(printed.at(-1)).toEqual([[3, 10]])
  }),
)

test("the README's code has no type error", () => {
  const paths = code.map((block, number) => {
    const path = join(home, `typed-${number}.ts`)
    writeFileSync(path, `${block}\nexport {}\n`)
    return path
  })
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  )
  const program = ts.createProgram(paths, {
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { fovea: [join(root, 'src/index.node.ts')] },
    typeRoots: [join(root, 'node_modules/@types')],
    noUnusedLocals: false,
  })
  const problems = paths.flatMap(path => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})

const commandLines = blocks('sh')
  .flatMap(block => block.split('\n'))
  .filter(line => line.startsWith('npx fovea '))
  .map(line => line.replace(/\s+#.*$/, '').replace('npx fovea ', ''))

test('the README shows every command', () => {
  expect(new Set(commandLines.map(line => line.split(' ')[0]))).toEqual(
    new Set(['train', 'evaluate', 'predict', 'report', 'plot', 'summary', 'trace', 'explain', 'data']),
  )
})

for (const line of commandLines)
  test(`fovea ${line}: there is such a command with these options`, async () => {
    const words = line.split(' ')
    const command = line.split(' --')[0]!.split(' ')
    let help = ''
    const io = { out: (text: string) => void (help += text), err: (text: string) => void (help += text) }
    expect(await run([...command, '--help'], io as Parameters<typeof run>[1])).toBe(0)
    for (const option of words.filter(word => word.startsWith('--'))) expect(help).toContain(option)
  })
