import { describe, expect, it } from 'vitest'
import { LoadbenchError } from '../model/errors.ts'
import { checkPlan, type PlanNeeds, type SystemLimits } from './plan-limits.ts'

const small: PlanNeeds = {
  certainVus: 10,
  maximumVus: 10,
  connections: 1,
  workers: 1,
  serverWithin: false,
}
const vus = (certainVus: number, maximumVus = certainVus): Partial<PlanNeeds> => ({ certainVus, maximumVus })
const roomy: SystemLimits = { openFiles: 20_000, ports: 28_232, memory: 8e9, cores: 8 }

/** What is said of a plan: its warnings, or the error it is refused with. */
function verdictOn(needs: Partial<PlanNeeds>, limits: Partial<SystemLimits> = {}): string[] {
  try {
    return checkPlan({ ...small, ...needs }, { ...roomy, ...limits })
  } catch (error) {
    if (!(error instanceof LoadbenchError)) throw error
    return [`${error.code} ${error.message} | ${error.hint}`]
  }
}

describe('a plan that fits', () => {
  it.each<[string, Partial<PlanNeeds>, SystemLimits]>([
    ['anywhere', {}, roomy],
    ['where nothing is known of the system', vus(900), { cores: 1 }],
    ['with the last file there is', vus(204), { ...roomy, openFiles: 256 }],
    ['with two connections each', { ...vus(102), connections: 2 }, { ...roomy, openFiles: 256 }],
  ])('%s, is let through without a word', (_, needs, limits) => {
    expect(verdictOn(needs, limits)).toEqual([])
  })
})

describe('a plan that cannot be carried out', () => {
  it.each<{ name: string; needs: Partial<PlanNeeds>; limits: Partial<SystemLimits>; says: string[] }>([
    {
      name: 'files',
      needs: vus(205),
      limits: { openFiles: 256 },
      says: ['205 VUs', 'may open 256 files and sockets', 'Use at most 204 VUs', 'ulimit -n'],
    },
    {
      name: 'files for both ends',
      needs: { ...vus(110), serverWithin: true },
      limits: { openFiles: 256 },
      says: ['Use at most 102 VUs'],
    },
    {
      name: 'files for several workers and addresses',
      needs: { ...vus(100), workers: 4, connections: 2 },
      limits: { openFiles: 256 },
      says: ['Use at most 84 VUs'],
    },
    {
      name: 'ports',
      needs: { ...vus(950), workers: 8 },
      limits: { ports: 1_000 },
      says: ['Use at most 900 VUs', '1000 local ports'],
    },
    {
      name: 'memory',
      needs: vus(900),
      limits: { memory: 40e6 },
      says: ['Use at most 720 VUs', '40 MB of memory'],
    },
    {
      name: 'more than one thing',
      needs: vus(900),
      limits: { memory: 40e6, openFiles: 256 },
      says: ['256 files and sockets; 40 MB', 'Use at most 204 VUs'],
    },
  ])('for want of $name is refused with the number that fits', ({ needs, limits, says }) => {
    const told = verdictOn(needs, limits)
    expect(told).toHaveLength(1)
    for (const words of ['LB_PLAN_TOO_LARGE', ...says]) expect(told[0]).toContain(words)
  })
})

describe('a plan that may run short', () => {
  it('is let through with a warning: VUs beyond those allocated may never be needed', () => {
    const told = verdictOn(vus(50, 500), { openFiles: 256 })
    expect(told).toEqual([
      'Up to 500 VUs may need more than there is here (this process may open 256 files and sockets): enough for 204; raise the limit (ulimit -n).',
    ])
  })

  it.each([
    { cores: 8, says: 'use --workers 3' },
    { cores: 2, says: 'this machine has 2 cores, which is enough for about 2000 such VUs' },
  ])('of event loop on $cores cores is told how many workers it needs', ({ cores, says }) => {
    expect(verdictOn(vus(2_500), { cores })).toEqual([expect.stringContaining(says)])
  })
})
