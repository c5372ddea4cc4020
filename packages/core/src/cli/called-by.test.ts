import { describe, expect, it } from 'vitest'
import { argument, calledBy } from './called-by.ts'

describe('the command as it was called', () => {
  it.each([
    [undefined, 'loadbench'],
    ['npm/11.6.2 node/v24.11.0 linux x64 workspaces/false', 'npx loadbench'],
    ['pnpm/10.24.0 npm/? node/v24.11.0 linux x64', 'pnpm exec loadbench'],
    ['yarn/4.11.0 npm/? node/v24.11.0 linux x64', 'yarn loadbench'],
    ['bun/1.3.3 npm/? node/v24.3.0 linux x64', 'bunx loadbench'],
    ['another/1.0', 'loadbench'],
  ])('by %s is %s', (agent, command) => {
    expect(calledBy(agent === undefined ? {} : { npm_config_user_agent: agent })).toBe(command)
  })

  it.each([
    ['results/spike_20261121_010203_abcd', 'results/spike_20261121_010203_abcd'],
    ["my results/it's", String.raw`'my results/it'\''s'`],
  ])('has %s as one argument', (path, written) => {
    expect(argument(path)).toBe(written)
  })
})
