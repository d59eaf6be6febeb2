import { FileError } from '../base/errors.js'

interface Explanation {
  /** Follows "PATH cannot be written: ". */
  readonly cause: string
  readonly advice: string
}

const freeSpace = 'Free some space there, or choose another folder.'
const otherFolder = 'Choose a folder you may write to, or change its permissions.'

/** What the operating system's codes mean to a person. */
const explanations: Readonly<Record<string, Explanation>> = {
  ENOSPC: { cause: 'the disk is full', advice: freeSpace },
  EDQUOT: { cause: 'your share of the disk is used up', advice: freeSpace },
  EACCES: { cause: 'permission denied', advice: otherFolder },
  EPERM: { cause: 'permission denied', advice: otherFolder },
  EROFS: { cause: 'the disk is read-only', advice: otherFolder },
  ENOENT: { cause: 'there is no such file or folder', advice: 'Check the spelling of the path.' },
  ENOTDIR: { cause: 'a part of the path is a file, not a folder', advice: 'Check the spelling of the path.' },
  EISDIR: { cause: 'it is a folder', advice: 'Name a file in it.' },
  EEXIST: { cause: 'it already exists', advice: 'Choose another name, or move it away.' },
}

/** Whether an error comes from the operating system, with one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/**
 * The FileError for what the operating system refused; an error it did not raise is returned as it is.
 *
 * @param note what a person may want to know besides, put before the advice
 */
export function fileError(path: string, doing: 'read' | 'written', error: unknown, note?: string): unknown {
  const known = Object.keys(explanations).find(code => hasCode(error, code))
  if (known === undefined) return error
  const { cause, advice } = explanations[known]!
  const sentences = note === undefined ? advice : `${note} ${advice}`
  return new FileError(`${path} cannot be ${doing}: ${cause}.`, sentences, { cause: error })
}
