import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import type { Dataset, TrainingFingerprint } from '../../data/dataset.js'
import { showName } from '../../node/folder/show-name.js'
import type { PreparedRun } from './prepare-run.js'
import type { TrainSettings } from './settings.js'

/**
 * The run with what its pictures are noted in its settings.
 *
 * @throws OptionError where a run would go on with other pictures than it began with: it would end with other numbers than a run that
 * was never interrupted, and nobody could tell from what
 */
export function withTheSamePictures(run: PreparedRun, dataset: Dataset): PreparedRun {
  const { settings, path, interrupted } = run
  const change = interrupted?.checkpoint ? changeOfPictures(path, settings, dataset) : null
  if (change !== null)
    throw new OptionError(
      change,
      'Put the pictures back as they were, or begin another run with those of now.',
    )
  return { ...run, settings: { ...settings, fingerprint: dataset.fingerprint ?? null } }
}

/** A sentence where the folder a run was trained on has other pictures now; null where it has not, or nobody knows. */
export function changeOfPictures(
  path: string,
  { fingerprint: then }: Pick<TrainSettings, 'fingerprint'>,
  { name, fingerprint: now }: Dataset,
): string | null {
  if (!then || !now || then.content === now.content) return null
  return `${showName(name)} has other pictures to train on than when ${path} began: ${difference(then, now)}.`
}

const difference = (then: TrainingFingerprint, now: TrainingFingerprint): string =>
  then.train === now.train && then.validation === now.validation
    ? 'as many, but some were changed, replaced or given another class'
    : `then ${counts(then)}, now ${counts(now)}`

const counts = ({ train, validation }: TrainingFingerprint): string =>
  validation === 0
    ? formatCount(train)
    : `${formatCount(train)} and ${formatCount(validation)} for validation`
