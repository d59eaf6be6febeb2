import { scriptOf } from '../../base/script-text.js'
import type { ErrorNote } from '../errors.js'
import type { FocusAnswer } from '../focus/focus-answer.js'
import type { ModelAnswer, PictureAnswer, TrainingAnswer } from '../routes/answers.js'

// What the page shows. It is sent to the page as text and stands alone.

type Problem = Pick<ErrorNote, 'message' | 'advice'>

export interface Screen {
  model(model: ModelAnswer): void
  /** A picture that is being asked about. */
  picture(picture: File): void
  answer(answer: PictureAnswer): void
  problem(problem: Problem): void
  /** Asks for the key; `wrong`: the one that was given is not it. */
  askKey(wrong: boolean, use: (key: string) => void): void
}

export function openScreen(): Screen {
  pagePart<HTMLInputElement>('look').onchange = showLook
  return { model: showModel, picture: showPicture, answer: showAnswer, problem: showProblem, askKey: showKey }
}

export function pagePart<T extends HTMLElement = HTMLElement>(name: string): T {
  return document.querySelector<T>(`[data-part="${name}"]`)!
}

export function showModel({ name, classNames, training }: ModelAnswer): void {
  const some = classNames.slice(0, 12).join(', ')
  const more = classNames.length > 12 ? `, and ${classNames.length - 12} more` : ''
  pagePart('model').textContent = `${name} knows ${classNames.length} classes: ${some}${more}`
  const test = training?.test
  pagePart('measured').textContent = test ? describeTest(test) : ''
}

/** What the model reached on pictures it had not seen; without their number nobody knows how much that says. */
export function describeTest({
  accuracy,
  pictures,
  standardError,
}: NonNullable<TrainingAnswer['test']>): string {
  if (pictures === null || standardError === null)
    return `It was right about ${formatProbability(accuracy)} of its test pictures.`
  const share = `${formatProbability(accuracy)} ± ${(100 * standardError).toFixed(1)}`
  return `It was right about ${share} of its ${pictures.toLocaleString('en-US')} test pictures.`
}

export function showPicture(picture: File): void {
  clearAnswer()
  pagePart('status').textContent = 'Looking …'
  const image = pagePart<HTMLImageElement>('picture')
  URL.revokeObjectURL(image.src)
  const show = (isShown: boolean) => {
    pagePart('frame').hidden = !isShown
    pagePart('invitation').hidden = isShown
    pagePart('note').hidden = isShown
    pagePart('note').textContent = isShown
      ? ''
      : `${picture.name}: this browser cannot show it; the service may read it.`
  }
  image.onload = () => enlargeSmall(image)
  image.onerror = () => show(false)
  image.alt = picture.name
  image.src = URL.createObjectURL(picture)
  show(true)
  pagePart('under').hidden = false
}

/** A picture of a few pixels is shown larger, its pixels as squares. */
export function enlargeSmall(image: HTMLImageElement): void {
  const isSmall = Math.max(image.naturalWidth, image.naturalHeight) < 240
  image.style.width = isSmall ? '280px' : ''
  image.style.imageRendering = isSmall ? 'pixelated' : ''
}

export function clearAnswer(): void {
  for (const name of ['status', 'problem', 'place']) pagePart(name).textContent = ''
  for (const name of ['answers', 'seen', 'switch']) pagePart(name).hidden = true
  pagePart('frame').classList.remove('looked')
}

export function showAnswer({ answers, sure, focus }: PictureAnswer): void {
  clearAnswer()
  const [first] = answers
  const share = formatProbability(first!.probability)
  pagePart('status').textContent =
    sure === false ? `Not sure. Perhaps ${first!.className} (${share}).` : `${first!.className} (${share})`
  const table = pagePart('answers')
  table.classList.toggle('unsure', sure === false)
  table.querySelector('tbody')!.replaceChildren(...answers.map(answerRow))
  table.hidden = false
  if (focus) showFocus(focus)
}

export function answerRow({ className, probability }: PictureAnswer['answers'][number]): HTMLElement {
  const row = document.createElement('tr')
  const name = document.createElement('th')
  name.scope = 'row'
  name.className = 'name'
  const bar = document.createElement('span')
  bar.className = 'bar'
  bar.append(document.createElement('i'))
  ;(bar.firstChild as HTMLElement).style.width = `${100 * probability}%`
  name.append(className, bar)
  const share = document.createElement('td')
  share.className = 'share'
  share.textContent = formatProbability(probability)
  row.append(name, share)
  return row
}

export function formatProbability(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`
}

/** Lays the heat over the part of the picture that the network saw. */
export function showFocus({ svg, region, place, halfShare, className }: FocusAnswer): void {
  const { style } = pagePart('seen')
  style.left = `${100 * region.x}%`
  style.top = `${100 * region.y}%`
  style.width = `${100 * region.width}%`
  style.height = `${100 * region.height}%`
  pagePart<HTMLImageElement>('heat').src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  pagePart('place').textContent =
    place === null || halfShare === null
      ? `Nothing in the picture speaks for ${className}.`
      : `It looked most closely ${place}; half of what speaks for ${className} lies in ${formatProbability(halfShare)} of what it saw.`
  pagePart('switch').hidden = false
  showLook()
}

export function showLook(): void {
  const looks = pagePart<HTMLInputElement>('look').checked
  pagePart('seen').hidden = !looks
  pagePart('frame').classList.toggle('looked', looks)
}

export function showProblem({ message, advice }: Problem): void {
  clearAnswer()
  pagePart('problem').textContent = advice === undefined ? message : `${message}\n${advice}`
}

export function showKey(wrong: boolean, use: (key: string) => void): void {
  const form = pagePart<HTMLFormElement>('key')
  const field = form.querySelector('input')!
  form.hidden = false
  field.focus()
  if (wrong) showProblem({ message: 'That is not the key of this service.' })
  form.onsubmit = event => {
    event.preventDefault()
    form.hidden = true
    use(field.value)
  }
}

export const showScript = (): string =>
  scriptOf(
    openScreen,
    ...[
      pagePart,
      showModel,
      describeTest,
      showPicture,
      enlargeSmall,
      clearAnswer,
      showAnswer,
      answerRow,
      formatProbability,
    ],
    ...[showFocus, showLook, showProblem, showKey],
  )
