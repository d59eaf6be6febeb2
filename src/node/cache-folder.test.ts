import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder } from './cache-folder.js'

test.each([
  ['FOVEA_CACHE is taken as it is', { FOVEA_CACHE: '/big/disk', XDG_CACHE_HOME: '/x' }, 'linux', '/big/disk'],
  ['XDG_CACHE_HOME', { XDG_CACHE_HOME: '/x' }, 'linux', join('/x', 'fovea')],
  [
    'a relative XDG_CACHE_HOME is ignored',
    { XDG_CACHE_HOME: 'x' },
    'linux',
    join('/home/me', '.cache', 'fovea'),
  ],
  ['Linux', {}, 'linux', join('/home/me', '.cache', 'fovea')],
  ['macOS', {}, 'darwin', join('/home/me', 'Library', 'Caches', 'fovea')],
  ['Windows', { LOCALAPPDATA: 'C:\\Local' }, 'win32', join('C:\\Local', 'fovea')],
  ['Windows without LOCALAPPDATA', {}, 'win32', join('/home/me', 'AppData', 'Local', 'fovea')],
] as const)('%s', (_, environment, platform, expected) => {
  expect(cacheFolder(environment, platform, '/home/me')).toBe(expected)
})
