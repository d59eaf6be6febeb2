import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Where downloads are kept: `FOVEA_CACHE` if set; else `fovea` in the user's cache folder, which is
 * `$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows.
 * The folder need not exist yet.
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment.FOVEA_CACHE) return environment.FOVEA_CACHE
  return join(userCache(environment, platform, home), 'fovea')
}

function userCache(
  { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local }: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  // The XDG specification says that relative paths are to be ignored.
  if (xdg && isAbsolute(xdg)) return xdg
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  if (platform === 'win32') return local ?? join(home, 'AppData', 'Local')
  return join(home, '.cache')
}
