import { expect, test } from 'vitest'
import { RandomSource } from '../../base/random.js'
