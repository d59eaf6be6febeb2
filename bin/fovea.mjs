#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(main)) {
  const { runHere } = await import(main)
  process.exitCode = await runHere()
} else {
  console.error('Not built yet: run npm run build')
  process.exitCode = 1
}
