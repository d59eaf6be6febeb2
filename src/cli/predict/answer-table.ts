import { columnsOf, padLeft, padRight } from '../../base/columns.js'
import { formatPercent } from '../../base/format.js'
import type { Answer } from '../../classify/prediction.js'
import { showName } from '../../node/folder/show-name.js'
import type { CliIo } from '../io.js'
import type { AnswerListener } from './listeners.js'

/** A column of names is not made wider than that beforehand; a longer name pushes its own row aside. */
const widestNames = 60

const probabilityTitle = 'probability'

export interface AnswerTableOptions {
  /** Of the pictures, where they are known beforehand: they make the first column as wide as it has to be. */
  readonly names: readonly string[] | null
  readonly classNames: readonly string[]
  /** Answers in a row. */
  readonly top: number
  /** Whether the model says which answers are sure. */
  readonly calibrated: boolean
}

/**
 * A table whose rows are told as they are known, so that ten thousand pictures need neither patience nor memory. Where names
 * are not known beforehand the first column grows with them.
 */
export function answerTable(
  io: CliIo,
  { names, classNames, top, calibrated }: AnswerTableOptions,
): AnswerListener {
  const widthOf = (texts: readonly string[], least: number) =>
    Math.min(
      widestNames,
      texts.reduce((widest, text) => Math.max(widest, columnsOf(text)), least),
    )
  const classes = widthOf(
    classNames.map(name => (calibrated ? unsure(showName(name)) : showName(name))),
    'class'.length,
  )
  let first = widthOf((names ?? []).map(showName), 'picture'.length)
  let begun = false

  const line = (picture: string, className: string, probability: string, others: string) =>
    `${padRight(picture, first)}  ${padRight(className, classes)}  ${padLeft(probability, probabilityTitle.length)}  ${others}`.trimEnd()
  const begin = () => {
    const title = line('picture', 'class', probabilityTitle, ['', '', 'runner-up'][top] ?? 'runners-up')
    io.out(title)
    io.out('─'.repeat(title.length))
    begun = true
  }
  return {
    hear: answered => {
      const known = answered.flatMap(one => ('prediction' in one ? [one] : []))
      if (known.length === 0) return
      first = widthOf(
        known.map(({ picture }) => showName(picture)),
        first,
      )
      if (!begun) begin()
      for (const { picture, prediction } of known) {
        const [best, ...others] = prediction.answers.slice(0, top) as [Answer, ...Answer[]]
        const className = showName(best.className)
        const name = prediction.sure === false ? unsure(className) : className
        io.out(line(showName(picture), name, formatPercent(best.probability), formatAnswers(others)))
      }
    },
  }
}

const unsure = (className: string): string => `${className} (not sure)`

/** `cat 81.3 %, dog 12.1 %` */
const formatAnswers = (answers: readonly Answer[]): string =>
  answers
    .map(({ className, probability }) => `${showName(className)} ${formatPercent(probability)}`)
    .join(', ')
