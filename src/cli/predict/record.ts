import type { Answer } from '../../classify/prediction.js'
import { csvRow } from '../output.js'
import type { Answered } from './answer.js'

/** An answer as it is given to programs. */
export type AnswerRecord =
  | { readonly picture: string; readonly answers: readonly Answer[]; readonly sure: boolean | null }
  | { readonly picture: string; readonly error: string }

export const recordOf = (answered: Answered, top: number): AnswerRecord =>
  'error' in answered
    ? { picture: answered.picture, error: answered.error.problem }
    : {
        picture: answered.picture,
        answers: answered.prediction.answers.slice(0, top),
        sure: answered.prediction.sure,
      }

export const csvTitles = csvRow(['file', 'class', 'probability', 'sure', 'error'])

/** The likeliest class; what is not known is left empty. */
export function csvRowOf(answered: Answered): string {
  if ('error' in answered) return csvRow([answered.picture, '', '', '', answered.error.problem])
  const { answers, sure } = answered.prediction
  const [{ className, probability }] = answers as readonly [Answer]
  return csvRow([answered.picture, className, probability, sure === null ? '' : String(sure), ''])
}
