import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it, where they are missing. Not `mkdir`'s own `recursive`, which tries for ever where
 * the folder above exists and still takes no new one (`/proc` on Linux). Returns those that were made, the outermost first.
 */
export async function makeFolder(path: string): Promise<string[]> {
  try {
    await mkdir(path)
    return [path]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return []
    const above = dirname(resolve(path))
    if (code !== 'ENOENT' || above === resolve(path)) throw error
    const made = await makeFolder(above)
    await mkdir(path)
    return [...made, path]
  }
}
