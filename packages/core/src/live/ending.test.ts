import { describe, expect, it } from 'vitest'
import { LoadbenchError } from '../model/errors.ts'
import { causeOf, Ending } from './ending.ts'

const aborted = { outcome: 'aborted', exitCode: 108, reason: 'enough' } as const
const interrupted = { outcome: 'interrupted', exitCode: 105, reason: 'stopped by SIGINT' } as const

describe('the end of a run', () => {
  it('has no cause where the run came to it by itself', () => {
    expect(new Ending()).toMatchObject({ cause: undefined, early: false })
  })

  it('has the first cause that came', () => {
    const ending = new Ending()
    expect([ending.note(aborted), ending.note(interrupted)]).toEqual([true, false])
    expect(ending).toMatchObject({ cause: aborted, early: true })
  })

  it('comes in time where exec.test.fail() only marked the run', () => {
    const ending = new Ending()
    ending.mark('half of the answers are French')
    ending.mark('and the others too')
    expect(ending).toMatchObject({
      cause: { outcome: 'failed', exitCode: 110, reason: 'half of the answers are French' },
      early: false,
    })
  })

  it('comes early, for its own reason, also where the run was marked before', () => {
    const ending = new Ending()
    ending.mark('half of the answers are French')
    expect(ending.note(interrupted)).toBe(true)
    expect(ending).toMatchObject({ cause: interrupted, early: true })
  })
})

describe('an error as the cause', () => {
  it('has the exit code, message and hint of its code', () => {
    const error = new LoadbenchError('LB_SETUP_TIMEOUT', 'setup() took longer than 60s', 'Make it faster.')
    expect(causeOf(error)).toEqual({
      outcome: 'failed',
      exitCode: 100,
      reason: 'LB_SETUP_TIMEOUT setup() took longer than 60s\n\nMake it faster.',
    })
  })

  it('that nobody foresaw is exit code 255', () => {
    expect(causeOf('what')).toEqual({ outcome: 'failed', exitCode: 255, reason: 'what' })
  })
})
