import { extname } from 'node:path'
import { GrowingFile } from '../../node/growing-file.js'
import type { CliIo } from '../io.js'
import type { Answered } from './answer.js'
import { csvRowOf, csvTitles, recordOf } from './record.js'

/** Who hears of answers as they are known. */
export interface AnswerListener {
  hear(answered: readonly Answered[]): void | Promise<void>
  /** There are no more. */
  finish?(): Promise<void>
  /** Something went wrong; nothing may be left behind. */
  giveUp?(): Promise<void>
}

/** A line of JSON for each picture. */
export const jsonLines = (io: CliIo, top: number): AnswerListener => ({
  hear: answered => {
    for (const one of answered) io.out(JSON.stringify(recordOf(one, top)))
  },
})

/** Comma-separated values; the titles at once, for whoever reads along. */
export function csvLines(io: CliIo): AnswerListener {
  io.out(csvTitles)
  return {
    hear: answered => {
      for (const one of answered) io.out(csvRowOf(one))
    },
  }
}

/** A file of comma-separated values or of a JSON list, as the name's ending says. */
export async function answerFile(path: string, top: number): Promise<AnswerListener> {
  const csv = extname(path).toLowerCase() === '.csv'
  const file = await GrowingFile.create(path)
  let before = csv ? `${csvTitles}\n` : '[\n'
  const written = (answered: Answered): string => {
    if (csv) return `${csvRowOf(answered)}\n`
    const text = `${before}${JSON.stringify(recordOf(answered, top))}`
    before = ',\n'
    return text
  }
  if (csv) await file.append(before)
  return {
    hear: answered => file.append(answered.map(written).join('')),
    finish: async () => {
      if (!csv) await file.append(before === ',\n' ? '\n]\n' : '[]\n')
      await file.finish()
    },
    giveUp: () => file.giveUp(),
  }
}
