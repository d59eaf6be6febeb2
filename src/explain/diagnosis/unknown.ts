import type { Evidence } from './verdict.js'

/** What cannot be told, each with how to get it. */
export function unknownOf({
  rows,
  valLoss,
  classes,
  labels,
  sharedRows,
  errors,
  epochs,
}: Evidence): string[] {
  if (epochs.length === 0) return []
  const hasValidation = valLoss.some(Number.isFinite)
  const hasRows = rows.some(row => row !== undefined)
  return [
    ...(hasValidation && !hasRows
      ? [
          'Whether a rise of the validation loss is more than chance: that needs the loss of every validation picture, ' +
            'which newer runs keep.',
        ]
      : []),
    ...(hasValidation && errors.valAccuracy.every(error => error === null)
      ? ['How exact the validation accuracy is: give validationRows.']
      : []),
    ...(classes === undefined ? ['Whether the network does better than guessing: give classes.'] : []),
    ...(hasValidation && !labels
      ? ['Whether the validation part holds the same classes as the training part: give labels.']
      : []),
    ...(hasValidation && !sharedRows
      ? ['Whether validation pictures are training pictures, too: give sharedRows.']
      : []),
  ]
}
