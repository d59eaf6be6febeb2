import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { bin } from './started-program.js'
import { useTemporaryFolder } from './temporary-folder.js'

// Ten thousand pictures, in a process of its own whose memory is looked at when it ends.

useTemporaryFolder()

const pictures = 10_000
const classes = 10
const [width, height] = [256, 192]

/** Stripes whose distance tells the class, each picture in its own colour and place. */
async function drawStripes(i: number): Promise<void> {
  const label = i % classes
  const bytes = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    const x = at % width
    const light = ((x + i) % (6 * (label + 2))) / (6 * (label + 2)) < 0.5
    bytes[3 * at] = light ? 230 : i % 97
    bytes[3 * at + 1] = light ? i % 251 : 20
    bytes[3 * at + 2] = light ? 90 : i % 199
  }
  const path = join('many', `stripes ${label}`, `${i}.jpg`)
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 60 })
    .toFile(path)
}

async function drawAll(): Promise<void> {
  for (let label = 0; label < classes; label++)
    mkdirSync(join('many', `stripes ${label}`), { recursive: true })
  const queue = Array.from({ length: pictures }, (_, i) => i).values()
  const lane = async () => {
    for (const i of queue) await drawStripes(i)
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

/** Says how much memory the process had at most, in KB, when it ends. */
const witness =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("most "+process.resourceUsage().maxRSS+" KB"))'

async function fovea(...words: readonly string[]): Promise<{ stdout: string; megabytes: number }> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', witness, bin, ...words])
  return { stdout, megabytes: Number(/most (\d+) KB$/.exec(stderr)![1]) / 1024 }
}

test('10,000 pictures train, report included, in less than 700 MB; asked again they are not read again', async () => {
  await drawAll()
  const { stdout, megabytes } = await fovea('train', 'many', '--epochs', '1', '--size', '64')
  expect(stdout).toMatch(/on many: [67],\d\d\d pictures, 1,\d\d\d for validation, 1,\d\d\d for the test/)
  expect(stdout).toContain('Report: runs/many-quick-1/report.html')
  expect(megabytes).toBeLessThan(700)
  const { stdout: measured } = await fovea('evaluate', 'runs/many-quick-1')
  expect(measured).not.toContain('Reading pictures')
  const [, accuracy] = /accuracy (\d+\.\d) %/.exec(measured)!
  expect(Number(accuracy)).toBeGreaterThan(50)
}, 600_000)
