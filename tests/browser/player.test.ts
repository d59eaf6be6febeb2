import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { convolutionExample } from '../../src/explain/examples.js'
import { filters } from '../../src/explain/named-filters.js'
import { htmlPage } from '../../src/report/page.js'
import { convolutionPlayer } from '../../src/report/players/convolution-player.js'
import { findChromium, launch } from './chromium.js'

// The player in a page of a real browser, opened without a network.

const chromium = findChromium()
if (!chromium)
  console.warn('No Chromium here, so the player is not tested: install one, or set CHROMIUM to its path.')
const inChromium = test.skipIf(chromium === null)

let browser: Browser

beforeAll(async () => {
  if (chromium) browser = await launch(chromium)
})

afterAll(() => browser?.close())

type Motion = 'reduce' | 'no-preference'
const { input, kernel } = convolutionExample
const one = convolutionPlayer(convolutionExample)

/** Opens players on one page, and afterwards makes sure that no script failed and nothing was fetched. */
async function withPlayers(
  players: readonly ReturnType<typeof convolutionPlayer>[],
  act: (page: Page) => Promise<void>,
  reducedMotion: Motion = 'reduce',
): Promise<void> {
  const context = await browser.newContext({ reducedMotion, viewport: { width: 360, height: 800 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => complaints.push(message.text()))
  page.on('request', request => complaints.push(request.url()))
  const main = `<main>${players.map(({ html }) => html).join('')}</main>`
  const scripts = players.map(({ script }) => script)
  await page.setContent(htmlPage({ title: 'Player', main, css: players[0]!.css, scripts }))
  await act(page)
  expect(complaints).toEqual([])
  await context.close()
}

const part = (page: Page, name: string, id = 'convolution-player') =>
  page.locator(`#${id} [data-part="${name}"]`)
const sumOf = (page: Page, id?: string) => part(page, 'sum', id).textContent()
const countOf = (page: Page) => part(page, 'count').textContent()

/** The output cell at (row, column) for these cells and weights, with zeros around them. */
function sumAt(
  cells: readonly (readonly number[])[],
  row: number,
  column: number,
  weights = kernel as readonly (readonly number[])[],
): number {
  let sum = 0
  for (let r = 0; r < 3; r++)
    for (let s = 0; s < 3; s++) sum += weights[r]![s]! * (cells[row + r]?.[column + s] ?? 0)
  return sum
}

inChromium('steps on and back, to the ends and no further', () =>
  withPlayers([one], async page => {
    expect([await sumOf(page), await countOf(page)]).toEqual(['-74', '1 of 9'])
    await part(page, 'on').click()
    expect([await sumOf(page), await countOf(page)]).toEqual(['-96', '2 of 9'])
    await part(page, 'back').click()
    await part(page, 'back').click()
    expect(await countOf(page)).toBe('1 of 9')
    await part(page, 'slider').fill('9')
    expect(await sumOf(page)).toBe('-43')
    const products = await part(page, 'products').textContent()
    const terms = [0, 1, 2].flatMap(r => [0, 1, 2].map(s => `${kernel[r]![s]}·${input[2 + r]![2 + s]}`))
    expect(products).toBe(`${terms.join(' + ')} = `)
  }),
)

inChromium('moves with the arrow keys, and to the output cell that is clicked', () =>
  withPlayers([one], async page => {
    await part(page, 'stage').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    expect(await sumOf(page)).toBe(String(sumAt(input, 1, 1)))
    await page.keyboard.press('End')
    expect(await countOf(page)).toBe('9 of 9')
    await page.keyboard.press('ArrowDown')
    expect(await countOf(page)).toBe('9 of 9')
    await page.keyboard.press('Home')
    expect(await countOf(page)).toBe('1 of 9')
    await page.locator('[data-stop="5"]').click()
    expect(await sumOf(page)).toBe(String(sumAt(input, 1, 2)))
    const name = await page.locator('svg').getAttribute('aria-label')
    expect(name).toBe('Step 6 of 9: the output at row 1, column 2 is 315')
  }),
)

inChromium('plays, and pauses where it is told', () =>
  withPlayers([one], async page => {
    expect(await part(page, 'play').textContent()).toBe('Play')
    await part(page, 'play').click()
    expect(await part(page, 'equation').getAttribute('aria-live')).toBe('off')
    await expect.poll(() => countOf(page), { timeout: 10_000 }).toBe('3 of 9')
    await part(page, 'play').click()
    const there = await countOf(page)
    await page.waitForTimeout(1500)
    expect(await countOf(page)).toBe(there)
    expect(await part(page, 'play').getAttribute('aria-label')).toBe('Let the filter run')
  }),
)

inChromium('starts by itself only for readers who do not mind what moves', async () => {
  await withPlayers([one], async page => {
    await page.waitForTimeout(1500)
    expect(await countOf(page)).toBe('1 of 9')
  })
  await withPlayers(
    [one],
    page => expect.poll(() => countOf(page), { timeout: 10_000 }).toBe('2 of 9'),
    'no-preference',
  )
})

inChromium('typed numbers are computed at once; nonsense is marked, and the last good numbers stay', () =>
  withPlayers([one], async page => {
    await page.locator('summary').click()
    const field = page.getByLabel('Input, row 1, column 1')
    await field.fill('200')
    const typed = input.map((row, r) => row.map((value, c) => (r === 1 && c === 1 ? 200 : value)))
    expect(await sumOf(page)).toBe(String(sumAt(typed, 0, 0)))
    await page.getByLabel('Filter, row 0, column 0').fill('0.5')
    expect(await sumOf(page)).toBe(String(sumAt(typed, 0, 0) + 0.5 * 62))
    expect(await part(page, 'filter').inputValue()).toBe('')
    await field.fill('')
    await field.pressSequentially('7e')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await part(page, 'problem').textContent()).toBe(
      'One field holds no number; the last good numbers are shown.',
    )
    // The 7 was a number before the e came.
    expect(await sumOf(page)).toBe(String(sumAt(typed, 0, 0) + 0.5 * 62 + 5 * (7 - 200)))
    await field.fill('200')
    expect(await field.getAttribute('aria-invalid')).toBe('false')
    expect(await part(page, 'problem').textContent()).toBe('')
  }),
)

inChromium('offers filters by name, both paddings, and a bias', () =>
  withPlayers([one], async page => {
    await page.locator('summary').click()
    expect(await part(page, 'filter').inputValue()).toBe('sharpen')
    await part(page, 'filter').selectOption('sobel-x')
    expect(await sumOf(page)).toBe(String(sumAt(input, 0, 0, filters['sobel-x'].kernel)))
    await part(page, 'padding').selectOption('same')
    expect(await countOf(page)).toBe('1 of 25')
    const zeros = [0, 0, 0, 0, 0, 0, 0]
    const margin = [zeros, ...input.map(row => [0, ...row, 0]), zeros]
    expect(await sumOf(page)).toBe(String(sumAt(margin, 0, 0, filters['sobel-x'].kernel)))
    await page.getByLabel('Bias').fill('-7.5')
    expect(await sumOf(page)).toBe(String(sumAt(margin, 0, 0, filters['sobel-x'].kernel) - 7.5))
    await page.getByLabel('Bias').fill('-0.12345')
    expect(await part(page, 'products').textContent()).toMatch(/ \+ \(-0\.1235\) \(bias\) ≈ $/)
    // Fewer stops than the one the filter is at.
    await part(page, 'slider').fill('25')
    await part(page, 'padding').selectOption('valid')
    expect(await countOf(page)).toBe('9 of 9')
  }),
)

inChromium('begins where it is told', () =>
  withPlayers(
    [convolutionPlayer({ ...convolutionExample, at: [2, 2] })],
    async page => {
      await page.waitForTimeout(1500)
      expect([await sumOf(page), await countOf(page)]).toEqual(['-43', '9 of 9'])
    },
    'no-preference',
  ),
)

inChromium('several on one page do not disturb each other', () => {
  const other = convolutionPlayer({ input: [[1, 2, 3]], kernel: [[2]], strides: 2, id: 'other' })
  return withPlayers([one, other], async page => {
    await part(page, 'on', 'other').click()
    expect([await sumOf(page), await sumOf(page, 'other')]).toEqual(['-74', '6'])
    const ids = await page.locator('[id]').evaluateAll(elements => elements.map(element => element.id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(await countOf(page)).toBe('1 of 9')
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(360)
  })
})
