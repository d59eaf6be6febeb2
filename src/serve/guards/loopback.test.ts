import { expect, test } from 'vitest'
import { hostnameOf, isLoopback } from './loopback.js'

test.each([
  'localhost',
  'LOCALHOST',
  'app.localhost',
  '127.0.0.1',
  '127.9.8.7',
  '::1',
  '[::1]',
])('%s is this machine', name => expect(isLoopback(name)).toBe(true))

test.each([
  '',
  '0.0.0.0',
  '127.0.0.1.evil.com',
  'localhost.evil.com',
  'evil127.0.0.1',
  '10.0.0.1',
  '::',
  '[::2]',
])('"%s" may be another', name => expect(isLoopback(name)).toBe(false))

test('a Host header is a name and perhaps a port', () => {
  expect(['localhost', 'localhost:80', '[::1]:8080', '[::1]'].map(hostnameOf)).toEqual([
    'localhost',
    'localhost',
    '[::1]',
    '[::1]',
  ])
})
