/** The kinds of files that can be told by how they begin. */
export type PictureKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic' | 'tiff'

/** What a file's first bytes say it is; null where they say nothing known. */
export function kindOfBytes(bytes: Uint8Array): PictureKind | null {
  const begins = (text: string, at = 0) =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (begins('\x89PNG\r\n\x1a\n')) return 'png'
  if (begins('GIF8')) return 'gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp'
  if (begins('BM')) return 'bmp'
  if (begins('II*\0') || begins('MM\0*') || begins('II+\0') || begins('MM\0+')) return 'tiff' // with + it is a BigTIFF
  if (!begins('ftyp', 4)) return null
  if (begins('avif', 8) || begins('avis', 8)) return 'avif'
  return ['heic', 'heix', 'hevc', 'mif1', 'msf1'].some(brand => begins(brand, 8)) ? 'heic' : null
}

/** The first bytes, as text where they are text: enough to tell a web page or a cut-off file from a picture. */
export function describeBeginning(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: the file is empty'
  const first = bytes.subarray(0, 9)
  const isText = first.every(byte => byte >= 0x20 && byte < 0x7f)
  const hex = (byte: number) => byte.toString(16).padStart(2, '0')
  return isText ? `"${new TextDecoder().decode(first)}"` : Array.from(first, hex).join(' ')
}
