import { isRecord } from '../base/record.js'
import { refuseFile } from '../io/refuse.js'
import type { TrainingState } from '../train/checkpoint.js'
import type { EpochEvent, TrainEvent } from '../train/events.js'
import { type History, historyOf } from '../train/history.js'
import type { ValidationRows } from '../train/validation-rows.js'

/**
 * The events of a run as its last checkpoint knows them: beginnings, and the epochs that were finished then. A line
 * that an interrupted process left torn, or never wrote, is made up for from the checkpoint's curves (without times).
 *
 * @param lines the text of `history.jsonl`
 */
export function keptEvents(lines: string, state: TrainingState): TrainEvent[] {
  const kept = eventsOf(lines).filter(
    event => event.type === 'begin' || (event.type === 'epoch' && event.epoch < state.epoch),
  )
  const present = new Set(kept.map(event => (event.type === 'epoch' ? event.epoch : null)))
  return [...kept, ...epochEvents(state).filter(event => !present.has(event.epoch))]
}

/**
 * The history of a run. A last line that an interrupted process left torn is passed over.
 *
 * @param lines the text of `history.jsonl`
 * @param place its path, for errors
 * @param rows of the validation part, by epoch
 */
export function historyOfRun(
  lines: string,
  place: string,
  rows: ReadonlyMap<number, ValidationRows>,
): History {
  const events = lines.trimEnd().split('\n').map(parseEvent)
  if (events.at(-1) === null) events.pop()
  const read = events.map(
    (event, i) => event ?? refuseFile(place)(`line ${i + 1} is not an event of training`),
  )
  return historyOf(read.map(event => withRows(event, rows)))
}

/** The events of a run, in their order; lines that are none are passed over. */
export const eventsOf = (lines: string): TrainEvent[] =>
  lines
    .split('\n')
    .map(parseEvent)
    .filter(event => event !== null)

function withRows(event: TrainEvent, rows: ReadonlyMap<number, ValidationRows>): TrainEvent {
  const validation = event.type === 'epoch' ? rows.get(event.epoch) : undefined
  return event.type === 'epoch' && validation ? { ...event, validation } : event
}

/** Null for what is not JSON, or not an event. */
function parseEvent(line: string): TrainEvent | null {
  try {
    const event: unknown = JSON.parse(line)
    return isEvent(event) ? event : null
  } catch {
    return null
  }
}

/** Looks as far as the curves reach. */
function isEvent(value: unknown): value is TrainEvent {
  if (!isRecord(value) || typeof value.type !== 'string') return false
  if (value.type !== 'epoch') return true
  const { epoch, logs } = value
  return Number.isInteger(epoch) && isRecord(logs) && Object.values(logs).every(Number.isFinite)
}

const epochEvents = ({ history: { epoch, history }, best }: TrainingState): EpochEvent[] =>
  epoch.map((number, row) => ({
    type: 'epoch',
    epoch: number,
    logs: Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values[row]!])),
    seconds: 0,
    imagesPerSecond: 0,
    best: best?.epoch === number,
  }))
