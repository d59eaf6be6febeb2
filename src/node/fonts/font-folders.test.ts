import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fontFolders } from './font-folders.js'
import { fontconfigFolders } from './fontconfig-folders.js'

const folder = mkdtempSync(join(tmpdir(), 'fovea-fontconfig-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('each system keeps its fonts in places of its own', () => {
  expect(fontFolders({ WINDIR: 'C:\\W', LOCALAPPDATA: 'L' }, 'win32')).toEqual([
    join('C:\\W', 'Fonts'),
    join('L', 'Microsoft', 'Windows', 'Fonts'),
  ])
  expect(fontFolders({}, 'darwin')).toContain(join(homedir(), 'Library/Fonts'))
  const linux = fontFolders({ HOME: '/home/me', FONTCONFIG_FILE: join(folder, 'none') }, 'linux')
  expect(linux).toEqual([
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    '/home/me/.local/share/fonts',
    '/home/me/.fonts',
  ])
})

test("fontconfig's own folders count, also those of files it includes, but no comments", () => {
  const included = join(folder, 'conf.d')
  mkdirSync(included)
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig>
      <!-- <dir>/not/this</dir> -->
      <dir>/fonts</dir> <dir prefix="xdg">fonts</dir> <dir>~/mine</dir>
      <include ignore_missing="yes">conf.d</include>
      <include ignore_missing="yes" prefix="xdg">fontconfig/fonts.conf</include>
    </fontconfig>`,
  )
  writeFileSync(
    join(included, '10-more.conf'),
    '<fontconfig><dir>/more</dir><include>../fonts.conf</include></fontconfig>',
  )
  writeFileSync(join(included, 'README'), '<dir>/not/this</dir>')
  const environment = { HOME: '/home/me', XDG_DATA_HOME: '/data', FONTCONFIG_PATH: folder }
  const folders = ['/fonts', '/data/fonts', '/home/me/mine', '/more']
  expect(fontconfigFolders(environment)).toEqual(folders)
  expect(fontFolders(environment, 'linux')).toEqual(folders)
})
