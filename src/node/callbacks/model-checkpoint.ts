import { dirname } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions, unknownName } from '../../base/nearest.js'
import { encodeModel } from '../../io/model-file.js'
import { checkMonitor, isBetter, type Mode, readMode } from '../../train/callbacks/best-rule.js'
import type { Callback, CallbackContext } from '../../train/callbacks/callback.js'
import { savedNumber } from '../../train/callbacks/monitor.js'
import type { EpochEvent } from '../../train/events.js'
import { checkFlag } from '../../train/option-checks.js'
import { writeAtomically } from '../atomic-file.js'
import { fileError } from '../file-errors.js'
import { makeFolder } from '../make-folder.js'

export interface ModelCheckpointOptions {
  /**
   * Where the model goes after an epoch; missing folders are made. `{epoch}` becomes the number of the epoch (from 1),
   * `{val_loss}` and other logs their value: `models/{epoch}-{val_accuracy}.safetensors`. Without them each file replaces
   * the one before.
   */
  readonly path: string
  /** Writes only where the epoch is the best so far. Default false. */
  readonly saveBestOnly?: boolean
  /** The log that is compared for it. Default `val_loss`. */
  readonly monitor?: string
  /** `auto`: losses should fall, accuracies rise. Default `auto`. */
  readonly mode?: 'auto' | Mode
}

/**
 * Writes the model after every epoch, as `saveModel` does: at every moment the file is whole. For going on with an
 * interrupted training see `checkpoint` and `resume` of `fit`.
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  refuseUnknownOptions('modelCheckpoint', options, ['path', 'saveBestOnly', 'monitor', 'mode'])
  const { path, saveBestOnly = false, monitor = 'val_loss', mode = 'auto' } = options
  if (typeof path !== 'string' || path === '')
    throw new OptionError(
      `modelCheckpoint: path must be a file's path, but ${JSON.stringify(path)} came.`,
      'For example "models/{epoch}.safetensors".',
    )
  checkFlag('modelCheckpoint', 'saveBestOnly', saveBestOnly)
  const rule = {
    mode: saveBestOnly ? readMode('modelCheckpoint', monitor, mode) : 'min',
    minDelta: 0,
  } as const
  let best: number | null = null
  return {
    name: 'modelCheckpoint',
    check({ logs }) {
      if (saveBestOnly) checkMonitor('modelCheckpoint', monitor, logs)
      checkPlaceholders(path, logs)
    },
    state: () => ({ best }),
    restore(state) {
      best = savedNumber(state, 'best')
    },
    async onEpochEnd(event, context) {
      if (saveBestOnly && !isBetter(rule, event.logs[monitor]!, best)) return
      best = saveBestOnly ? event.logs[monitor]! : null
      await save(pathOf(path, event), context)
    },
  }
}

async function save(path: string, { network, preprocessing, weights }: CallbackContext): Promise<void> {
  await makeFolder(dirname(path)).catch(error => {
    throw fileError(path, 'written', error)
  })
  await writeAtomically(path, encodeModel({ network, preprocessing, weights: weights() }))
}

const placeholder = /\{([^{}]*)\}/g

const pathOf = (path: string, { epoch, logs }: EpochEvent): string =>
  path.replaceAll(placeholder, (_, name: string) =>
    name === 'epoch' ? String(epoch + 1) : logs[name]!.toFixed(4),
  )

function checkPlaceholders(path: string, logs: readonly string[]): void {
  for (const [, name = ''] of path.matchAll(placeholder))
    if (name !== 'epoch' && !logs.includes(name))
      throw unknownName(`{…} in modelCheckpoint's path`, name, ['epoch', ...logs])
}
