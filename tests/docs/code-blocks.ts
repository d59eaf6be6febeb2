import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect } from 'vitest'
import { parseAugmentation } from '../../src/train/augmentation/index.js'
import { fovea } from '../cli/capture.js'

// What the tests of texts have in common: the code a text shows, whether it is TypeScript without errors, a copy of it that
// runs on the sources, and whether its command lines are such that the program knows.

export const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'src/index.node.ts')

/** A text of the project, by its path from the root. */
export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The blocks of a language (`ts`, `sh`) in a Markdown text, in their order. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(match => match[1]!)

/** Writes code as a module that takes the sources for the package, and runs it. */
export async function runCode(code: string, path: string): Promise<void> {
  writeFileSync(path, code.replaceAll("'fovea'", `'${entry}'`))
  await import(/* @vite-ignore */ path)
}

/** The messages of the compiler for each of some modules, by the project's own rules. */
export function typeErrors(modules: readonly string[], folder: string): string[] {
  const paths = modules.map((code, number) => {
    const path = join(folder, `typed-${number}.ts`)
    writeFileSync(path, `${code}\nexport {}\n`)
    return path
  })
  const program = ts.createProgram(paths, compilerOptions())
  return paths
    .flatMap(path => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { fovea: [entry] },
    typeRoots: [join(root, 'node_modules/@types')],
    noUnusedLocals: false,
  }
}

/** Command lines of a text that begin with `npx fovea`, without it and without comments. */
export const commandLines = (markdown: string): string[] =>
  codeBlocks(markdown, 'sh')
    .flatMap(block => block.split('\n'))
    .filter(line => line.startsWith('npx fovea '))
    .map(line => line.replace(/\s+#.*$/, '').replace('npx fovea ', ''))

/** Words as a shell makes them: what stands in double quotes is one. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)

/** That there is such a command, and that its help names every option of the line. */
export async function expectKnownCommand(line: string): Promise<void> {
  const words = wordsOf(line)
  const firstOption = words.findIndex(word => word.startsWith('-'))
  const command = words.slice(0, firstOption < 0 ? words.length : firstOption)
  const { exitCode, out } = await fovea(`${command.join(' ')} --help`)
  expect(exitCode).toBe(0)
  const known = out.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []
  expect(known).toEqual(expect.arrayContaining(words.filter(word => /^--?[a-z]/.test(word))))
  const augment = words[words.indexOf('--augment') + 1]!
  if (words.includes('--augment')) expect(() => parseAugmentation(augment)).not.toThrow()
}
