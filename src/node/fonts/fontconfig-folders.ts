import { readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * The folders that fontconfig's configuration names in `<dir>`, those of the files it includes as well. None where there is
 * no configuration.
 *
 * @param environment FONTCONFIG_FILE and FONTCONFIG_PATH say where it is; default /etc/fonts/fonts.conf
 */
export function fontconfigFolders(environment: NodeJS.ProcessEnv): string[] {
  const { FONTCONFIG_FILE: file = 'fonts.conf', FONTCONFIG_PATH: folder = '/etc/fonts' } = environment
  return foldersIn(isAbsolute(file) ? file : join(folder, file), environment, new Set())
}

function foldersIn(path: string, environment: NodeJS.ProcessEnv, seen: Set<string>): string[] {
  if (seen.has(path)) return []
  seen.add(path)
  if (isFolder(path)) return configFiles(path).flatMap(name => foldersIn(join(path, name), environment, seen))
  return elementsOf(textOf(path)).flatMap(({ name, prefix, content }) => {
    const place = placeOf(content, prefix, name, dirname(path), environment)
    return name === 'dir' ? [place] : foldersIn(place, environment, seen)
  })
}

const configFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => /^\d.*\.conf$/.test(name))
    .sort()

interface Element {
  readonly name: 'dir' | 'include'
  readonly prefix: string | undefined
  readonly content: string
}

const elementsOf = (xml: string): Element[] =>
  Array.from(
    xml.replace(/<!--.*?-->/gs, '').matchAll(/<(dir|include)\b([^>]*)>([^<]*)</g),
    ([, name, attributes, content]) => ({
      name: name as Element['name'],
      prefix: /prefix="([^"]*)"/.exec(attributes!)?.[1],
      content: content!.trim(),
    }),
  )

function placeOf(
  path: string,
  prefix: string | undefined,
  name: Element['name'],
  folder: string,
  { HOME = homedir(), XDG_DATA_HOME, XDG_CONFIG_HOME }: NodeJS.ProcessEnv,
): string {
  if (path.startsWith('~')) return join(HOME, path.slice(1))
  if (isAbsolute(path)) return path
  if (prefix !== 'xdg') return join(folder, path)
  return name === 'dir'
    ? join(XDG_DATA_HOME || join(HOME, '.local/share'), path)
    : join(XDG_CONFIG_HOME || join(HOME, '.config'), path)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Empty where it cannot be read: the configuration is not ours to complain about. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
