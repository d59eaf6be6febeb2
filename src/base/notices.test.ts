import { expect, test, vi } from 'vitest'
import { hearNotices, noticeOnce } from './notices.js'

test('a notice is said once, on the console unless somebody listens', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  noticeOnce('cores', 'There are 2 cores.')
  noticeOnce('cores', 'There are still 2 cores.')
  noticeOnce('threads', 'There are no threads.')
  expect(warn.mock.calls).toEqual([['There are 2 cores.'], ['There are no threads.']])
  warn.mockRestore()
})

test('whoever begins to listen hears each notice once, and the console nothing meanwhile', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const heard: string[] = []
  const stop = hearNotices(sentence => void heard.push(sentence))
  noticeOnce('cores', 'There are 2 cores.')
  noticeOnce('cores', 'There are 2 cores.')
  expect(heard).toEqual(['There are 2 cores.'])
  stop()
  noticeOnce('cores', 'There are 2 cores.') // the console has heard it in the test above
  expect(warn).not.toHaveBeenCalled()
  noticeOnce('simd', 'No relaxed SIMD.')
  expect(heard).toHaveLength(1)
  expect(warn).toHaveBeenCalledExactlyOnceWith('No relaxed SIMD.')
  warn.mockRestore()
})
