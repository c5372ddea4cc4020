import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run against the sources of the workspace, not against what was built last.
  resolve: { conditions: ['@loadbench/source'] },
  ssr: { resolve: { conditions: ['@loadbench/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    // A third would keep the cores so busy that the README's example, whose thresholds are real, fails at times.
    maxWorkers: 2,
  },
})
