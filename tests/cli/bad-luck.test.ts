import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { fovea } from './capture.js'
import { bin } from './started-program.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const library = new URL('../../dist/index.node.js', import.meta.url).href
const quick = 'train cifar10 --data tiny --model small --batch-size 16 --epochs 1'
const cores = availableParallelism()

/** A real process, which is given up when it hangs: then `status` is null. */
function start(commandLine: string, ...flags: string[]) {
  const words = [...flags, bin, ...commandLine.split(' ')]
  return spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 50_000 })
}

/** Runs this in the program's process before anything else. */
const first = (code: string): string => `--import=data:text/javascript,${encodeURIComponent(code)}`

test('more threads than cores: as many as there are cores, said on standard error, once', async () => {
  const asked = `--threads ${cores + 5} --json`
  const { exitCode, out, err } = await fovea(`${quick} ${asked} --run many`)
  expect(exitCode).toBe(0)
  const lines = out.split('\n').map(line => JSON.parse(line))
  expect(lines[0]).toMatchObject({ type: 'begin', threads: cores })
  expect(err.match(/threads were asked for/g)).toHaveLength(1)
  expect(err).toMatch(
    new RegExp(`^${cores + 5} threads were asked for, but there (is|are) ${cores} core`, 'm'),
  )
  expect((await fovea(`${quick} --threads 1 --run one`)).err).not.toContain('threads were asked for')
})

test('without SharedArrayBuffer: one core, the same bits, said once', () => {
  const { status, stdout, stderr } = start(
    `${quick} --run alone`,
    first('delete globalThis.SharedArrayBuffer'),
  )
  expect(status).toBe(0)
  expect(stdout).toContain(', without threads')
  const notices = stderr.match(/^No threads: there is no SharedArrayBuffer here\. .*$/gm) ?? []
  expect(notices).toHaveLength(cores > 1 ? 1 : 0)
  expect(start(`${quick} --run together`).status).toBe(0)
  expect(readFileSync('alone/last.safetensors').equals(readFileSync('together/last.safetensors'))).toBe(true)
})

test('where Node may not start workers: one core, said once', () => {
  const known = process.allowedNodeEnvironmentFlags
  const guarded = known.has('--permission') ? '--permission' : '--experimental-permission'
  const script = `
    import { datasets, layers, Sequential } from ${JSON.stringify(library)}
    const { x } = datasets.shapes({ train: 1, test: 2 }).test
    for (const units of [3, 4]) {
      const model = new Sequential([layers.flatten({ inputShape: [32, 32, 3] }), layers.dense({ units })])
      console.log((await model.predict(x, { threads: ${Math.min(2, cores)} })).shape.join())
    }`
  const flags = [guarded, '--allow-fs-read=*', '--input-type=module', '-e', script]
  const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
  expect(stdout).toBe('2,3\n2,4\n')
  const notices =
    stderr.match(/^No threads: this process may not start workers \(--allow-worker\)\. .*$/gm) ?? []
  expect(notices).toHaveLength(cores > 1 ? 1 : 0)
})

test.each([
  ['WebAssembly', '--jitless', 'computes in WebAssembly, which does not exist here.', true],
  [
    'WebAssembly SIMD',
    '--no-enable-sse4-1',
    'computes in WebAssembly with SIMD instructions, which this runtime or its processor does not have.',
    process.arch === 'x64', // there processors without SSE4.1 have none
  ],
] as const)('without %s: an error that says which runtimes have it', (_, flag, problem, here) => {
  if (!here) return expect(start(`${quick} --run other`).status).toBe(0)
  const { status, stderr } = start(`${quick} --run nothing`, flag)
  expect(status).toBe(1)
  expect(stderr).toContain(problem)
  expect(stderr).toContain(
    'It is in Node 16.4, Deno 1.9, Bun 1.0, Chrome and Edge 91, Firefox 89, Safari 16.4',
  )
  expect(stderr).not.toContain('    at ')
  expect(existsSync('nothing')).toBe(false)
})

test('a batch that no memory holds: what it needs, which would fit, and no run is begun', () => {
  const huge = 'train shapes --model tutorial --batch-size 3600 --epochs 1 --run huge'
  const { status, stderr } = start(huge, '--wasm-max-mem-pages=2000')
  expect(status).toBe(1)
  expect(stderr).toMatch(
    /^Sequential "sequential": a training step of 3,600 rows needs \d\.\d\d GB of memory, but this machine does not give it\.\n {2}Use a smaller batch size: 1,800 needs \d\.\d\d GB\.\n$/,
  )
  expect(existsSync('huge')).toBe(false)
})

test('a machine without any memory to give: an error, and the program ends although its threads have begun', () => {
  const { status, stderr } = start(`${quick} --run poor`, '--wasm-max-mem-pages=1')
  expect(status).toBe(1)
  expect(stderr).toContain("holding its weights and the optimizer's state needs")
  expect(stderr).toContain('but this machine does not give it.')
})

test('a thread that dies: an error that names it, the program ends, and --resume ends with the same bits', () => {
  const long = 'train cifar10 --data tiny --model small --batch-size 3 --epochs 4'
  // In the third epoch; an epoch has 30 steps and 4 of validation, and each is told to every thread.
  const killer = first(`
    import { Worker } from 'node:worker_threads'
    const { postMessage } = Worker.prototype
    let steps = 0
    Worker.prototype.postMessage = function (message) {
      if (message.kind === 'run' && message.thread === 0 && ++steps === 80) this.terminate()
      else postMessage.call(this, message)
    }`)
  const { status, stdout, stderr } = start(`${long} --run killed`, killer)
  expect(status).toBe(1)
  expect(stderr).toMatch(
    new RegExp(`Thread 1 of ${cores} died: .* This ended training at epoch 3, step \\d+\\.\n`),
  )
  expect(stderr).toContain('Files are as they were.')
  expect(stderr).not.toContain('    at ')
  expect(stdout).not.toContain('Saved in')
  expect(start('train --resume killed').status).toBe(0)
  expect(start(`${long} --run whole`).status).toBe(0)
  for (const file of ['last.safetensors', 'best.safetensors'])
    expect(readFileSync(`killed/${file}`).equals(readFileSync(`whole/${file}`)), file).toBe(true)
})
