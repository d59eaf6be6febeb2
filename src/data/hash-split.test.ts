import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type HashedExample, type SplitPart, splitByHash } from './hash-split.js'

const shares = { validation: 0.15, test: 0.15 }

const example = (name: string, label = 0, part: SplitPart | null = null): HashedExample => ({
  hash: createHash('sha256').update(name).digest('hex'),
  label,
  part,
})

const many = (count: number, classes = 4, prefix = 'picture'): HashedExample[] =>
  Array.from({ length: count }, (_, i) => example(`${prefix} ${i}`, i % classes))

const countOf = (parts: readonly SplitPart[], part: SplitPart) => parts.filter(p => p === part).length

test('the parts have their shares, in every class, up to chance', () => {
  const examples = many(8000)
  const parts = splitByHash(examples, shares)
  for (let label = 0; label < 4; label++) {
    const own = parts.filter((_, i) => examples[i]!.label === label)
    // Four standard errors of a share of 0.15 of 2000.
    for (const part of ['validation', 'test'] as const)
      expect(Math.abs(countOf(own, part) / own.length - 0.15)).toBeLessThan(4 * 0.008)
  }
})

test('nothing moves when pictures are added', () => {
  const before = many(400)
  const after = [...many(300, 4, 'another'), ...before]
  expect(splitByHash(after, shares).slice(300)).toEqual(splitByHash(before, shares))
})

test('the same content lies on one side, whatever its class', () => {
  const twins = many(60, 3).flatMap(one => [one, { ...one, label: (one.label + 1) % 3 }, one])
  const parts = splitByHash(twins, { validation: 0.4, test: 0.4 })
  for (let i = 0; i < twins.length; i += 3) expect(new Set(parts.slice(i, i + 3)).size).toBe(1)
})

test('a class of three has one in every part, two have none to measure, one is trained on', () => {
  for (let trial = 0; trial < 50; trial++) {
    const names = Array.from({ length: 3 }, (_, i) => `${trial} ${i}`)
    const three = splitByHash(
      names.map(name => example(name)),
      shares,
    )
    expect([...three].sort()).toEqual(['test', 'train', 'validation'])
    const one = splitByHash([example(`${trial}`)], { validation: 0.5, test: 0.5 })
    expect(one).toEqual(['train'])
    const two = splitByHash([example(`${trial} a`), example(`${trial} b`)], { validation: 0.45, test: 0.45 })
    expect(countOf(two, 'train')).toBeGreaterThan(0)
  }
})

test('shares of 0 leave nothing out', () => {
  expect(new Set(splitByHash(many(500), { validation: 0, test: 0 }))).toEqual(new Set(['train']))
})

test('given parts stay, and what is missing comes from training', () => {
  const given = many(300).map((one, i) => ({
    ...one,
    part: i < 200 ? ('train' as const) : ('test' as const),
  }))
  const parts = splitByHash(given, shares)
  expect(parts.slice(200)).toEqual(new Array(100).fill('test'))
  expect(countOf(parts.slice(0, 200), 'test')).toBe(0)
  expect(countOf(parts.slice(0, 200), 'validation')).toBeGreaterThan(10)
})
