import { formatPercent } from '../../base/format.js'
import type { FolderLook } from '../../node/folder-look/folder-look.js'

/** Who divides the pictures into parts: their owner, the hash of their content, or one what the other has left. */
export function divisionSentence({ ownParts, parts, pictures }: FolderLook): string {
  const shares = (['train', 'validation', 'test'] as const).map(
    part => `${formatPercent(parts[part] / pictures)} ${part}`,
  )
  if (pictures === 0) return ''
  const measuring = (['validation', 'test'] as const).filter(part => !ownParts.includes(part))
  if (measuring.length === 2)
    return `Training would divide them by the hash of their content: ${shares.join(', ')}.`
  const own = (['validation', 'test'] as const).filter(part => ownParts.includes(part))
  return measuring.length === 0
    ? `The parts are their owner's: ${shares.join(', ')}.`
    : `The ${own.join(' and ')} part is its owner's; ${measuring.join(' and ')} would be taken from train by the hash of the content: ${shares.join(', ')}.`
}
