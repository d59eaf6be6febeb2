import { below, type FolderAccess } from './folder-access.js'
import { isHidden, isLitter, isPicture } from './picture-names.js'

/** So many folders are read to find out whether a hidden one has pictures: `.git` may have thousands. */
const patience = 100

/** Whether there are pictures in a folder or below; of a large one only so much is looked at. What may not be read has none. */
export async function holdsPictures(start: string, access: FolderAccess): Promise<boolean> {
  const queue = [start]
  for (let read = 0; read < Math.min(queue.length, patience); read++) {
    const folder = queue[read]!
    for (const entry of await access.entries(folder).catch(() => [])) {
      if (entry.isFile() && isPicture(entry.name) && !isHidden(entry.name)) return true
      if (entry.isDirectory() && !isLitter(entry.name)) queue.push(below(folder, entry.name))
    }
  }
  return false
}
