import { configDefaults, defineConfig } from 'vitest/config'

/** They run what the docs show, whose thresholds are real: on cores that others fill they would fail at times. */
const ALONE = ['test/docs-*.test.ts']

export default defineConfig({
  // Tests run against the sources of the workspace, not against what was built last.
  resolve: { conditions: ['@loadbench/source'] },
  ssr: { resolve: { conditions: ['@loadbench/source'] } },
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          // More than the two cores of the smallest machine: most tests wait for a load most of the time.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
