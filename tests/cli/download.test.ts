import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

/** A download that stays at 40 % until it is aborted. */
vi.mock('../../src/node/load-dataset.js', async original => ({
  ...(await original<typeof import('../../src/node/load-dataset.js')>()),
  loadDataset: (
    _name: string,
    { onProgress, signal }: import('../../src/node/load-dataset.js').LoadOptions,
  ) => {
    for (const share of [0.2, 0.4])
      onProgress?.({
        url: 'https://example.org/a/pictures.tar.gz',
        received: share * 2 ** 20,
        total: 2 ** 20,
      })
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  },
}))

useTemporaryFolder()

/** Presses Ctrl-C as soon as the download has begun. */
async function interruptDownload(commandLine: string, terminal: boolean) {
  const captured = captureIo()
  const drawn: string[] = []
  const write = (text: string) => void drawn.push(text)
  const io = { ...captured.io, terminal: terminal ? { columns: 80, write } : null }
  const done = run(commandLine.split(' '), io)
  await vi.waitUntil(() => drawn.length > 1 || captured.err.length > 0, { timeout: 50_000 })
  captured.interrupt()
  return { exitCode: await done, drawn, ...captured }
}

test('a download is drawn on a terminal, and Ctrl-C ends it with nothing written', async () => {
  const { exitCode, drawn, err } = await interruptDownload('train cifar10 --run r', true)
  expect(exitCode).toBe(130)
  expect(drawn).toEqual([
    '\rFetching pictures.tar.gz  20 % of 1.00 MB\u001b[K',
    '\rFetching pictures.tar.gz  40 % of 1.00 MB\u001b[K',
    '\n',
  ])
  expect(err.at(-1)).toBe('Stopped before the first step; nothing was written.')
  for (const left of ['r', '.r.lock']) expect(existsSync(left)).toBe(false)
})

test('a comparison that is interrupted while its pictures are fetched leaves nothing either', async () => {
  const { exitCode, err } = await interruptDownload('remedies cifar10 --run r', false)
  expect(exitCode).toBe(130)
  expect(err.at(-1)).toBe('Stopping; nothing is written.')
  for (const left of ['r', '.r.lock']) expect(existsSync(left)).toBe(false)
})

test('elsewhere, and with --json, a download is one line on standard error', async () => {
  for (const [json, terminal] of [
    ['', false],
    [' --json', true],
  ] as const) {
    const { out, err, drawn } = await interruptDownload(`train cifar10 --run r${json}`, terminal)
    expect([out, drawn]).toEqual([[], []])
    expect(err[0]).toBe('Fetching https://example.org/a/pictures.tar.gz')
  }
})
