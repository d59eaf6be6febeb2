import type { TrainingState } from '../train/checkpoint.js'
import type { EpochEvent, TrainEvent } from '../train/events.js'

/**
 * The events of a run as its last checkpoint knows them: beginnings, and the epochs that were finished then. A line
 * that an interrupted process left torn, or never wrote, is made up for from the checkpoint's curves (without times).
 *
 * @param lines the text of `history.jsonl`
 */
export function keptEvents(lines: string, state: TrainingState): TrainEvent[] {
  const kept = lines
    .split('\n')
    .map(parseEvent)
    .filter(event => event !== null)
    .filter(event => event.type === 'begin' || (event.type === 'epoch' && event.epoch < state.epoch))
  const present = new Set(kept.map(event => (event.type === 'epoch' ? event.epoch : null)))
  return [...kept, ...epochEvents(state).filter(event => !present.has(event.epoch))]
}

function parseEvent(line: string): TrainEvent | null {
  try {
    return JSON.parse(line) as TrainEvent
  } catch {
    return null
  }
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
