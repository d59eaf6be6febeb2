/** Extensions of the files taken for pictures, in any letter case. */
export const pictureExtensions = 'jpg jpeg jpe jfif png webp gif bmp dib avif tif tiff'.split(' ')

const pictures: ReadonlySet<string> = new Set(pictureExtensions)
/** What telephones write: pictures, but not such as can be decoded here. */
const heic: ReadonlySet<string> = new Set(['heic', 'heif', 'hif'])

/** What follows the last dot, in small letters; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

export const isPicture = (name: string): boolean => pictures.has(extensionOf(name))
export const isHeic = (name: string): boolean => heic.has(extensionOf(name))

/** Tables of files and labels. */
export const isTable = (name: string): boolean => /\.[ct]sv$/i.test(name)

/** Hidden, as Unix has it. */
export const isHidden = (name: string): boolean => name.startsWith('.')

/** What systems and tools leave in folders, in small letters; `@eadir` holds small copies of pictures. */
const litter: ReadonlySet<string> = new Set([
  '.ds_store',
  '.ipynb_checkpoints',
  '__macosx',
  'icon\r',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '@eadir',
])

/** Whether a file or folder is nothing of its owner's: it is passed over in silence. */
export const isLitter = (name: string): boolean => litter.has(name.toLowerCase())
