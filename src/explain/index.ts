export {
  type Answers,
  type ClassResult,
  type ConfusedPair,
  type Mistakes,
  mistakes,
  type RowResult,
} from './mistakes.js'
export { type Share, shareOf, standardError } from './shares.js'
