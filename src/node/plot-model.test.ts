import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Model } from '../train/model.js'
import { oneLayer, residual } from '../viz/model-plot/networks.fixture.js'
import { plotModel } from './plot-model.js'

test('residual, from top to bottom', async () => {
  const { svg } = await plotModel(residual(), { showShapes: true })
  await expect(svg).toMatchFileSnapshot('goldens/residual.svg')
})

test('a model or its network, and a file where one is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-plot-'))
  const toFile = join(folder, 'model.png')
  const drawing = await plotModel(new Model(oneLayer(), { seed: 0 }), { toFile, scale: 1, theme: 'dark' })
  expect(drawing.svg).toBe((await plotModel(oneLayer())).svg)
  const png = await readFile(toFile)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([drawing.width, drawing.height])
  await rm(folder, { recursive: true })
})

test('options of neither kind are refused', async () => {
  await expect(plotModel(oneLayer(), { show_shapes: true } as object)).rejects.toThrow(
    'Did you mean "showShapes"?',
  )
})
