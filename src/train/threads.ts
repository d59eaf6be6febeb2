import { noticeOnce } from '../base/notices.js'
import { currentPlatform } from '../base/platform.js'

/** As many threads as were asked for, but no more than there are cores: more would wait for each other at every step. */
export function withinCores(threads: number): number {
  const { cores } = currentPlatform()
  if (threads <= cores) return threads
  const there = cores === 1 ? 'there is 1 core, which computes' : `there are ${cores} cores: ${cores} compute`
  noticeOnce('cores', `${threads} threads were asked for, but ${there}.`)
  return cores
}
