import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'

/** A page that was opened from its file, and all it complained about. */
export interface OpenedPage {
  readonly page: Page
  /** Script errors, errors on the console, and addresses that were asked for. */
  readonly complaints: string[]
}

/** Opens an HTML file as its reader would, without a network. */
export async function openPage(
  browser: Browser,
  path: string,
  look: { readonly width?: number; readonly dark?: boolean } = {},
): Promise<OpenedPage> {
  const { width = 1100, dark = false } = look
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    offline: true,
  })
  const complaints: string[] = []
  const address = pathToFileURL(path).href
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('request', request => {
    const url = request.url()
    if (url !== address && !url.startsWith('data:')) complaints.push(`asked for ${url}`)
  })
  await page.goto(address)
  return { page, complaints }
}
