import { formatCount } from '../../base/format.js'
import type { Answered } from './answer.js'

/** From so many pictures on it is said how many there are of each class. */
const manyPictures = 11

/** So many classes are named. */
const mostClasses = 12

/** What all answers come to. */
export class Tally {
  pictures = 0
  failed = 0
  private unsure = 0
  private readonly perClass = new Map<string, number>()

  add(answered: readonly Answered[]): void {
    for (const one of answered) {
      this.pictures++
      if ('error' in one) this.failed++
      else this.count(one.prediction.answers[0]!.className, one.prediction.sure)
    }
  }

  /** `2,062 pictures: 12 not sure, 3 could not be read.`, and for many the classes, the most frequent first. */
  sentence(): string {
    const head = [
      this.pictures === 1 ? '1 picture' : `${formatCount(this.pictures)} pictures`,
      this.remarks(),
    ]
      .filter(Boolean)
      .join(': ')
    if (this.pictures < manyPictures || this.perClass.size === 0) return `${head}.`
    return `${head}.\n${this.classes()}`
  }

  /** `12 not sure, 3 could not be read`; empty where all went well. */
  remarks(): string {
    return [
      ...(this.unsure > 0 ? [`${formatCount(this.unsure)} not sure`] : []),
      ...(this.failed > 0 ? [`${formatCount(this.failed)} could not be read`] : []),
    ].join(', ')
  }

  private count(className: string, sure: boolean | null): void {
    if (sure === false) this.unsure++
    this.perClass.set(className, (this.perClass.get(className) ?? 0) + 1)
  }

  private classes(): string {
    const counted = [...this.perClass].sort(([, a], [, b]) => b - a)
    const named = counted.slice(0, mostClasses).map(([name, count]) => `${name} ${formatCount(count)}`)
    const others = counted.length - named.length
    return [...named, ...(others > 0 ? [`${others} other ${others === 1 ? 'class' : 'classes'}`] : [])].join(
      ' · ',
    )
  }
}
