import { describe, expect, it, vi } from 'vitest'
import { kindOf } from './__fixtures__/carry-out.ts'
import { Connections } from './connections.ts'

const kind = kindOf(new URL('http://127.0.0.1:1'))
const other = kindOf(new URL('http://127.0.0.1:2'))

describe('connections', () => {
  it('that are free are taken again, the warmest first', () => {
    const connections = new Connections()
    const [first, second] = [connections.take(kind), connections.take(kind)]
    expect(first).not.toBe(second)
    connections.giveBack(kind, first)
    connections.giveBack(kind, second)
    expect(connections.take(kind)).toBe(second)
    expect(connections.take(kind)).toBe(first)
    connections.close()
  })

  it('go to one kind of call only', () => {
    const connections = new Connections()
    const wire = connections.take(kind)
    connections.giveBack(kind, wire)
    expect(connections.take(other)).not.toBe(wire)
    connections.close()
  })

  it('are not taken again once discarded or closed', () => {
    const connections = new Connections()
    const [discarded, closed] = [connections.take(kind), connections.take(kind)]
    connections.discard(discarded)
    connections.giveBack(kind, discarded)
    connections.close()
    connections.giveBack(kind, closed)
    const next = connections.take(kind)
    expect([discarded, closed]).not.toContain(next)
    connections.close()
  })

  it('that nobody needs any more are closed beside the work of others', async () => {
    const connections = new Connections()
    const closings = [1, 2, 3].map(() => vi.spyOn(connections.take(kind), 'destroy'))
    connections.close()
    for (const closing of closings) expect(closing).not.toHaveBeenCalled()
    await vi.waitFor(() => {
      for (const closing of closings) expect(closing).toHaveBeenCalledOnce()
    })
  })
})
