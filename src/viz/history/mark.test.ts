import { expect, test } from 'vitest'
import { series } from '../svg/theme.js'
import { mark } from './mark.js'

test('of many runs no two have the same mark in the same colour', () => {
  const marks = Array.from({ length: 42 }, (_, i) => mark(i, 0, 0, series(i)))
  expect(new Set(marks).size).toBe(42)
})

test('seven marks differ without colour', () => {
  const shapes = Array.from({ length: 7 }, (_, i) => mark(i, 0, 0, 'ink'))
  expect(new Set(shapes).size).toBe(7)
})
