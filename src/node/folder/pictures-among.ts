import type { PassedOver } from './passed-over.js'
import { isPicture } from './picture-names.js'

/** The pictures among files, told by their extensions; the others are noted. */
export function picturesAmong(paths: readonly string[], passedOver: PassedOver): string[] {
  const pictures: string[] = []
  for (const path of paths)
    if (isPicture(path)) pictures.push(path)
    else passedOver.noteFile(path)
  return pictures
}
