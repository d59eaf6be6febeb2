import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../src/node/cache-folder.js'
import type { Runtime } from './runtimes.js'

/** Where runtimes are kept between comparisons: `FOVEA_RUNTIMES` if set, else beside the downloads. */
const home = process.env.FOVEA_RUNTIMES ?? join(cacheFolder(), 'runtimes')

/** Installs a runtime unless it is there already; returns the path of its program, throws where it is not to be had. */
export function install({ packageName, version, program }: Runtime): string {
  const folder = join(home, `${packageName.replace('/', '-')}-${version}`)
  const path = join(folder, 'node_modules', packageName, program)
  if (answers(path)) return path
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // A package of its own, or npm would look for one further up.
  writeFileSync(join(folder, 'package.json'), '{}')
  npm(folder, `${packageName}@${version}`)
  if (!answers(path)) throw new Error(`${packageName} ${version} does not start on this machine`)
  return path
}

const answers = (program: string): boolean =>
  spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0

function npm(folder: string, what: string): void {
  const cli = process.env.npm_execpath
  if (!cli) throw new Error('start this with npm: npm run test:runtimes')
  const words = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    folder,
    what,
  ]
  const { status, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  })
  if (status === 0) return
  const reason = stderr
    .split('\n')
    .find(line => line.startsWith('npm error') && !/ (code|A complete log)/.test(line))
  throw new Error(reason?.replace('npm error ', '') ?? `npm could not install ${what}`)
}
