import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ModelFile } from '../../src/io/model-file.js'
import type { ServeOptions } from '../../src/serve/serve-options.js'
import { startService } from '../../src/serve/service.js'
import { neverSure, optionsFor, tinyClassifier, trained } from '../../src/serve/tiny.fixture.js'
import { findChromium, launch } from './chromium.js'

// The page of a service in a real browser, with a service behind it.

const chromium = findChromium()
if (!chromium)
  console.warn('No Chromium here, so the page is not tested: install one, or set CHROMIUM to its path.')
const inChromium = test.skipIf(chromium === null)

let browser: Browser

beforeAll(async () => {
  if (chromium) browser = await launch(chromium)
})

afterAll(() => browser?.close())

interface Setting {
  readonly options?: Partial<ServeOptions>
  readonly model?: Partial<ModelFile>
  readonly context?: BrowserContextOptions
  /** Statuses that the page meets on purpose; the browser complains of them by itself. */
  readonly refused?: boolean
}

/** Opens the page of a service, and afterwards makes sure that no script failed and nobody else was asked. */
async function withPage(act: (page: Page) => Promise<void>, setting: Setting = {}): Promise<void> {
  const service = await startService(
    tinyClassifier(setting.model),
    optionsFor({ log: 'silent', ...setting.options }),
    {
      write: () => {},
    },
  )
  const context = await browser.newContext(setting.context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    if (!(setting.refused && message.text().startsWith('Failed to load resource')))
      complaints.push(message.text())
  })
  page.on('request', request => {
    if (!new RegExp(`^(${service.url}/|blob:|data:)`).test(request.url())) complaints.push(request.url())
  })
  try {
    await page.goto(service.url)
    await act(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    await service.stop()
  }
}

const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`)

/** Red on the left, blue on the right. */
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#d03020' } })
    .composite([
      { input: { create: { width: 30, height: 40, channels: 3, background: '#2040c0' } }, left: 30, top: 0 },
    ])
    .png()
    .toBuffer()

const file = (buffer: Buffer, name = 'half.png', mimeType = 'image/png') => ({ buffer, name, mimeType })

/** Drops a file on the page, as a hand would. */
async function drop(page: Page, bytes: Buffer, onto: string): Promise<void> {
  const transfer = await page.evaluateHandle(base64 => {
    const data = new DataTransfer()
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
    data.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }))
    return data
  }, bytes.toString('base64'))
  await page.dispatchEvent(onto, 'drop', { dataTransfer: transfer })
}

const answered = async (page: Page) => expect.poll(() => part(page, 'status').textContent()).toMatch(/\d %/)

inChromium('a dropped picture is answered, with bars and where the network looked', () =>
  withPage(async page => {
    await expect.poll(() => part(page, 'model').textContent()).toBe('tiny knows 3 classes: red, green, blue')
    const bytes = await picture()
    await drop(page, bytes, '[data-part="drop"]')
    await answered(page)
    const said = await tinyClassifier().predict(bytes)
    const percent = (probability: number) => `${(100 * probability).toFixed(1)} %`
    const [first] = said.answers
    expect(await part(page, 'status').textContent()).toBe(
      `${first!.className} (${percent(first!.probability)})`,
    )
    const rows = await page
      .locator('tbody tr')
      .evaluateAll(rows =>
        rows.map(row => [row.querySelector('th')!.textContent, row.querySelector('td')!.textContent]),
      )
    expect(rows).toEqual(said.answers.map(({ className, probability }) => [className, percent(probability)]))
    const widths = await page
      .locator('.bar i')
      .evaluateAll(bars =>
        bars.map(bar => bar.getBoundingClientRect().width / bar.parentElement!.getBoundingClientRect().width),
      )
    said.answers.forEach(({ probability }, i) => expect(widths[i]).toBeCloseTo(probability, 1))
    expect(await part(page, 'place').textContent()).toMatch(
      /^It looked most closely in the .* of what it saw\.$/,
    )
    expect(await part(page, 'heat').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8)
    const boxes = await Promise.all(['picture', 'heat'].map(name => part(page, name).boundingBox()))
    expect(boxes[1]).toEqual(boxes[0])
    await part(page, 'look').uncheck()
    expect(await part(page, 'seen').isVisible()).toBe(false)
  }),
)

inChromium('by keyboard: the file is chosen where the focus is, and the next one too', () =>
  withPage(
    async page => {
      // Listened for from the beginning: Chromium may open the dialogue before a listener of the moment is heard of.
      const chosen = [file(await picture()), file(Buffer.from('no picture'), 'words.png')]
      page.on('filechooser', chooser => void chooser.setFiles(chosen.shift()!))
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-part'))).toBe('file')
      await page.keyboard.press('Enter')
      await answered(page)
      await part(page, 'again').focus()
      await page.keyboard.press('Enter')
      await expect
        .poll(() => part(page, 'problem').textContent())
        .toBe(
          'the picture: not an image that can be read (it starts with "no pictur").\nGive a PNG, JPEG, WebP, GIF, BMP, AVIF or TIFF file.',
        )
      expect(await part(page, 'note').textContent()).toContain('words.png: this browser cannot show it')
      expect(await part(page, 'answers').isVisible()).toBe(false)
      expect(await part(page, 'invitation').isVisible()).toBe(true)
    },
    { refused: true },
  ),
)

inChromium('a pasted picture is answered', () =>
  withPage(async page => {
    const bytes = (await picture()).toString('base64')
    await page.evaluate(base64 => {
      const data = new DataTransfer()
      const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
      data.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }))
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))
    }, bytes)
    await answered(page)
    expect(await part(page, 'picture').getAttribute('alt')).toBe('pasted.png')
  }),
)

inChromium.each([
  ['nothing of a model that was not measured', { dataset: 'x' }, ''],
  [
    'the standard error of the accuracy',
    trained,
    'It was right about 80.0 % ± 2.0 of its 400 test pictures.',
  ],
  [
    'the accuracy alone where nobody noted of how many pictures',
    { summary: { testAccuracy: 0.876 } },
    'It was right about 87.6 % of its test pictures.',
  ],
])('tells %s', (_, training, said) =>
  withPage(
    async page => {
      await expect.poll(() => part(page, 'model').textContent()).toContain('tiny knows')
      expect(await part(page, 'measured').textContent()).toBe(said)
    },
    { model: { training } },
  ),
)

inChromium('says when the network is not sure', () =>
  withPage(
    async page => {
      await part(page, 'file').setInputFiles(file(await picture()))
      await expect
        .poll(() => part(page, 'status').textContent())
        .toMatch(/^Not sure\. Perhaps (red|green|blue) \(/)
    },
    { model: { calibration: neverSure } },
  ),
)

inChromium('of a cropped picture the heat covers what the network saw', () =>
  withPage(
    async page => {
      await part(page, 'file').setInputFiles(file(await picture()))
      await answered(page)
      const boxOf = async (name: string) => (await part(page, name).boundingBox())!
      const [whole, seen] = [await boxOf('picture'), await boxOf('heat')]
      expect(seen.width / whole.width).toBeCloseTo(40 / 60, 2)
      expect(seen.height).toBeCloseTo(whole.height, 0)
      expect((seen.x - whole.x) / whole.width).toBeCloseTo(10 / 60, 2)
    },
    { model: { pictureFit: 'crop' } },
  ),
)

inChromium('asks for the key, again where it is wrong, and goes on where it was', () =>
  withPage(
    async page => {
      const key = page.getByLabel('This service asks for an API key')
      await key.waitFor()
      await key.fill('guess')
      await page.keyboard.press('Enter')
      await expect
        .poll(() => part(page, 'problem').textContent())
        .toBe('That is not the key of this service.')
      await key.fill('sesame')
      await page.getByRole('button', { name: 'Use it' }).click()
      await expect.poll(() => part(page, 'model').textContent()).toContain('tiny knows')
      expect(await key.isVisible()).toBe(false)
      await part(page, 'file').setInputFiles(file(await picture()))
      await answered(page)
      expect(await part(page, 'problem').textContent()).toBe('')
    },
    { options: { apiKey: 'sesame' }, refused: true },
  ),
)

inChromium.each([
  ['light', 1100],
  ['dark', 1100],
  ['light', 360],
  ['dark', 360],
] as const)('fits its window: %s, %i wide', (colorScheme, width) =>
  withPage(
    async page => {
      await part(page, 'file').setInputFiles(file(await picture()))
      await answered(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      expect(ground).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 28)')
      const { SCREENSHOTS } = process.env
      if (!SCREENSHOTS) return
      mkdirSync(SCREENSHOTS, { recursive: true })
      await page.screenshot({ path: join(SCREENSHOTS, `serve-${colorScheme}-${width}.png`), fullPage: true })
    },
    { context: { colorScheme, viewport: { width, height: 800 } } },
  ),
)
