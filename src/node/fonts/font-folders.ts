import { homedir } from 'node:os'
import { join } from 'node:path'
import { fontconfigFolders } from './fontconfig-folders.js'

/** The folders in which the operating system keeps fonts. They need not exist. */
export function fontFolders(
  environment: NodeJS.ProcessEnv = process.env,
  system = process.platform,
): string[] {
  if (system === 'win32') return windowsFolders(environment)
  if (system === 'darwin')
    return ['/System/Library/Fonts', '/Library/Fonts', join(homedir(), 'Library/Fonts')]
  const configured = fontconfigFolders(environment)
  return configured.length > 0 ? configured : fontconfigDefaults(environment)
}

const windowsFolders = ({ WINDIR = 'C:\\Windows', LOCALAPPDATA }: NodeJS.ProcessEnv): string[] => [
  join(WINDIR, 'Fonts'),
  ...(LOCALAPPDATA ? [join(LOCALAPPDATA, 'Microsoft', 'Windows', 'Fonts')] : []),
]

/** What fontconfig looks through where nothing is configured. */
const fontconfigDefaults = ({ HOME = homedir(), XDG_DATA_HOME }: NodeJS.ProcessEnv): string[] => [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(XDG_DATA_HOME || join(HOME, '.local/share'), 'fonts'),
  join(HOME, '.fonts'),
]
