import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that people and machines can read: `12 passed, 0 failed, 1 skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = {
      passed: 0,
      failed: modules.filter(module => module.errors().length > 0).length,
      skipped: 0,
    }
    for (const module of modules)
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') counts[state]++
      }
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}
