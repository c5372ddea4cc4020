import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run against the sources of the workspace, not against what was built last.
  resolve: { conditions: ['@loadbench/source'] },
  ssr: { resolve: { conditions: ['@loadbench/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    // One more than the two cores of a small machine, which keeps both busy while a test waits for a process.
    maxWorkers: 3,
  },
})
