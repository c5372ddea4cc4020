import net from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { Exchange } from '../transport/exchange.ts'
import { warmUp } from './warm-up.ts'

const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length

describe('the warm-up', () => {
  it('carries out exchanges that succeed, and leaves nothing open', async () => {
    const before = sockets()
    const started = vi.spyOn(Exchange.prototype, 'start')
    await warmUp()
    const exchanges = started.mock.contexts as Exchange[]
    started.mockRestore()
    expect(exchanges.length).toBeGreaterThan(5)
    for (const { failure, assembly } of exchanges) {
      expect(failure).toBeUndefined()
      expect(assembly.chunks).toBe(8)
    }
    await vi.waitFor(() => expect(sockets()).toBe(before))
  })

  it('does nothing where nothing may listen', async () => {
    const listen = vi.spyOn(net.Server.prototype, 'listen').mockImplementation(function refuse(
      this: net.Server,
    ) {
      process.nextTick(() => this.emit('error', new Error('EACCES')))
      return this
    })
    await expect(warmUp()).resolves.toBeUndefined()
    listen.mockRestore()
  })
})
