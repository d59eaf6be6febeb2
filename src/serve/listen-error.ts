import { OptionError } from '../base/errors.js'
import { hasCode } from '../node/file-errors.js'

/** What the operating system says of an address nobody can listen at, with what to do; other errors as they are. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const refused = (problem: string, advice: string) => new OptionError(problem, advice, { cause: error })
  if (hasCode(error, 'EADDRINUSE'))
    return refused(
      `Port ${port} of ${host} is taken: another program listens there.`,
      'Choose another one with --port, or --port 0 for any that is free.',
    )
  if (hasCode(error, 'EACCES', 'EPERM'))
    return refused(
      `Port ${port} of ${host} may not be used by this account.`,
      'Choose one from 1024 on, for example --port 8080.',
    )
  if (hasCode(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'))
    return refused(
      `--host ${host}: this machine has no such address.`,
      'Give one of its own, 127.0.0.1 for this machine alone or 0.0.0.0 for everybody.',
    )
  return error
}
