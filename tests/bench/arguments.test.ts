import { expect, test } from 'vitest'
import { parseArguments } from '../../bench/arguments.js'

const names = ['fovea', 'pytorch', 'convnetjs']
const parse = (...list: string[]) => parseArguments(list, names)

test('without options everybody is measured with two threads', () => {
  expect(parse()).toMatchObject({ threads: 2, only: null, json: false, write: false, node: process.execPath })
})

test('quick means fewer and shorter windows, unless told how many', () => {
  const [quick, usual] = [parse('--quick'), parse()]
  expect(quick.rounds).toBeLessThan(usual.rounds)
  expect(quick.seconds).toBeLessThan(usual.seconds)
  expect(parse('--quick', '--rounds', '9')).toMatchObject({ rounds: 9, seconds: quick.seconds })
})

test('the options say what they say', () => {
  expect(parse('--threads', '4', '--only', 'pytorch, convnetjs', '--json', '--node', '/n')).toMatchObject({
    threads: 4,
    only: ['pytorch', 'convnetjs'],
    json: true,
    node: '/n',
  })
})

test('mistakes are explained', () => {
  expect(() => parse('--only', 'pytorhc')).toThrow(/Unknown system "pytorhc".*\n.*"pytorch"/)
  expect(() => parse('--threads', '0')).toThrow('--threads should be a whole number of at least 1')
  expect(() => parse('--sconds', '1')).toThrow(/--sconds.*\n.*--help lists the options/s)
})
