import { describe, expect, it } from 'vitest'
import { paint } from '../../outputs/console/paint.ts'
import { clock, readClock, timers, type ClockReading } from './clock.ts'
import { containerCpu, cores, governor } from './cpu.ts'
import { bad, good, unknown, type Finding, type State } from './finding.ts'
import { backlog, localPorts, openFileLimit, openFiles } from './limits.ts'
import { memory, nodeVersion, proxies } from './surroundings.ts'
import { judgeTarget } from './target.ts'
import { doctorText } from './text.ts'

const GIGA = 1_024 ** 3
const reading = (late: number, drift = 0, resolution = 0.001): ClockReading => ({
  resolution,
  drift,
  lateness: { median: 0, p99: late, max: late },
})
const failure = { class: 'connection', message: 'connect ECONNREFUSED' } as const

const cases: [what: string, finding: Finding, state: State, words: string][] = [
  ['an old Node', nodeVersion('20.18.1'), 'bad', '20.18.1'],
  ['the oldest Node that will do', nodeVersion('20.19.0'), 'good', '20.19.0'],
  ['a new Node', nodeVersion('24.1.0'), 'good', '24.1.0'],
  ['idle cores', cores(8, 0.5), 'good', '8: 7 workers'],
  ['cores others use', cores(8, 5), 'doubtful', 'load average 5.0'],
  ['one core', cores(1, 0), 'doubtful', '1: 1 worker,'],
  ['a load that cannot be read', cores(4, undefined), 'good', '4: 3 workers'],
  ['no governor', governor([]), 'unknown', 'cannot be read'],
  ['full pace', governor(['performance', 'performance']), 'good', 'performance'],
  ['a changing pace', governor(['performance', 'powersave']), 'doubtful', 'performance, powersave'],
  ['no control group', containerCpu(undefined, 4), 'unknown', 'cannot be read'],
  ['a container without limit', containerCpu(Infinity, 4), 'good', 'none'],
  ['a container with less than the cores', containerCpu(2.5, 4), 'doubtful', '2.5 of 4 cores'],
  ['a steady clock', clock(reading(0)), 'good', 'steps of 1µs'],
  ['a clock that was set', clock(reading(0, -50)), 'doubtful', '50ms behind'],
  ['a coarse clock', clock(reading(0, 0, 1)), 'doubtful', 'steps of 1000µs'],
  ['timers in time', timers(reading(1.25)), 'good', '1.3ms (p99)'],
  ['timers of an idle virtual machine', timers(reading(9)), 'good', '9.0ms (p99)'],
  ['late timers', timers(reading(12)), 'doubtful', '12ms (p99)'],
  ['timers far too late', timers(reading(80)), 'bad', '80ms (p99)'],
  ['memory enough', memory({ total: 8 * GIGA, available: 4 * GIGA }, 100), 'good', '4.0 GB free of 8.0 GB'],
  [
    'too little memory',
    memory({ total: GIGA, available: GIGA / 4, limit: GIGA }, 100),
    'doubtful',
    '256 MB free',
  ],
  ['files for all', openFiles(20_000, 5_000), 'good', 'about 19800 VUs'],
  ['files for fewer', openFiles(1_024, 1_000), 'bad', 'not for 1000'],
  ['few files, for who knows how many', openFiles(1_024, undefined), 'doubtful', '1024'],
  ['a limit that cannot be read', openFiles(undefined, 10), 'unknown', 'cannot be read'],
  ['ports for all', localPorts('32768\t60999', 1_000), 'good', '28232 (32768–60999)'],
  ['ports for fewer', localPorts('60000\t60999', 2_000), 'bad', 'not 2000'],
  ['few ports, for who knows how many', localPorts('60000 60999', undefined), 'doubtful', '1000'],
  ['ports that cannot be read', localPorts(undefined, 10), 'unknown', 'cannot be read'],
  ['a long queue', backlog(4_096, 1_000), 'good', '4096'],
  ['a short queue', backlog(128, 1_000), 'doubtful', '128'],
  ['no proxy', proxies({ https_proxy: '' }), 'good', 'none'],
  ['a proxy', proxies({ HTTPS_PROXY: 'http://me:secret@proxy:3128' }), 'doubtful', 'HTTPS_PROXY=http://'],
  [
    'a target that is known',
    judgeTarget(
      'http://a',
      [{ answered: true }, { answered: true, info: { server: 'vllm', version: '1' } }],
      12.4,
    ),
    'good',
    'http://a: vllm 1, answered in 12ms',
  ],
  [
    'a target that wants a key',
    judgeTarget('http://a', [{ answered: true, info: { server: 'vllm', locked: true } }], 1),
    'doubtful',
    'wants a key',
  ],
  [
    'a target that is not well',
    judgeTarget('http://a', [{ answered: true, info: { server: 'vllm', healthy: false } }], 1),
    'bad',
    'vllm',
  ],
  [
    'a target nobody knows',
    judgeTarget('http://a', [{ answered: true }], 1),
    'doubtful',
    'something answers',
  ],
  ['no target', judgeTarget('http://a', [{ answered: false, failure }], 1), 'bad', 'connect ECONNREFUSED'],
]

describe('loadbench doctor', () => {
  it.each(cases)('finds %s', (_, finding, state, words) => {
    expect(finding.state).toBe(state)
    expect(finding.found).toContain(words)
    expect(finding.advice !== undefined).toBe(state === 'doubtful' || state === 'bad')
    expect(JSON.stringify(finding)).not.toContain('secret')
  })

  it.each<[string, Finding, string]>([
    ['files', openFiles(20_000, 100_000), 'ulimit -n 100200'],
    ['files of a container', openFiles(20_000, 100_000), 'nofile=100200'],
    ['ports that can be had', localPorts('32768 60999', 40_000), '"1024 65535".'],
    [
      'ports that cannot',
      localPorts('32768 60999', 100_000),
      'Even that is 64512 connections to one address',
    ],
    [
      'addresses instead',
      localPorts('32768 60999', 200_000),
      'over 4 addresses of the server, or over 4 machines',
    ],
    [
      'memory',
      memory({ total: GIGA, available: GIGA }, 100_000),
      'About 5.2 GB would be safe for 100000 VUs, 50 kB each',
    ],
    ['a queue', backlog(4_096, 100_000), 'net.core.somaxconn=131072'],
  ])('says how much is needed for the VUs asked for: %s', (_, { advice }, words) => {
    expect(advice).toContain(words)
  })

  it('reads clocks and limits of the machine it is on', async () => {
    const { resolution, lateness } = await readClock(50)
    expect(resolution).toBeGreaterThan(0)
    expect(lateness.median).toBeLessThanOrEqual(lateness.p99)
    expect(lateness.p99).toBeLessThanOrEqual(lateness.max)
    if (process.platform === 'linux') expect(openFileLimit()).toBeGreaterThan(0)
  })

  it('tells what to do below what it found, within 80 columns', () => {
    const long = 'a sentence that is longer than the line it has to stand on, '.repeat(3).trim()
    const text = doctorText(
      [good('Node', '24'), bad('open files', '10', long), unknown('cores', '?')],
      paint(false),
    )
    expect(text).toContain('\n  ✓ Node        24\n  ✗ open files  10\n                → a sentence')
    expect(text).toContain('\n  – cores       ?\n\n  1 to mend before a run.\n')
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(80)
    expect(doctorText([good('Node', '24')], paint(false))).toContain('Ready')
  })
})
