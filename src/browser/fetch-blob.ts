import { FileError } from '../base/errors.js'

/**
 * What lies at an address, relative ones seen from the page.
 *
 * @throws FileError where there is no answer, or one that is no success
 */
export async function fetchBlob(url: string): Promise<Blob> {
  const response = await fetch(url).catch(cause => {
    throw new FileError(
      `${url} cannot be read: there was no answer.`,
      'Check the address; another site has to allow it (Access-Control-Allow-Origin).',
      { cause },
    )
  })
  if (response.ok) return response.blob()
  throw new FileError(
    `${url} cannot be read: the server answered ${[response.status, response.statusText].filter(Boolean).join(' ')}.`,
    'Check the address.',
  )
}
