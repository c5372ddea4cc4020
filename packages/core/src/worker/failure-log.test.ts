import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { FailureLog } from './failure-log.ts'
import { MainLink } from './main-link.ts'
import type { FromWorker } from './protocol.ts'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

function logOf() {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const told = (): FromWorker[] => {
    const message: { readonly message: FromWorker } | undefined = receiveMessageOnPort(port2)
    return message === undefined ? [] : [message.message, ...told()]
  }
  return { log: new FailureLog(new MainLink(port1)), told }
}

describe('what a script throws', () => {
  it('is told once, and counted by message in each interval', () => {
    const { log, told } = logOf()
    const failed = (order: number) => log.note('iteration', 'chat', new Error(`order ${order}`))
    for (const order of [1, 2, 1]) failed(order)
    expect(told()).toMatchObject([{ type: 'script-error', kind: 'iteration', scenario: 'chat' }])
    expect(log.drain()).toMatchObject([
      {
        kind: 'iteration',
        scenario: 'chat',
        count: 3,
        messages: [
          { text: 'Error: order 1', count: 2 },
          { text: 'Error: order 2', count: 1 },
        ],
        stacks: [{ text: 'Error: order 1' }, { text: 'Error: order 2' }],
      },
    ])
    failed(2)
    expect(log.drain()).toEqual([
      { kind: 'iteration', scenario: 'chat', count: 1, messages: [{ text: 'Error: order 2', count: 1 }] },
    ])
    expect(log.drain()).toEqual([])
  })

  it('takes the room of a few messages, however many different ones come', () => {
    const { log, told } = logOf()
    for (let order = 0; order < 10_000; order += 1) log.note('rejection', '', `order ${order} failed`)
    const [delta] = log.drain()
    expect(told()).toHaveLength(1)
    expect(delta?.count).toBe(10_000)
    expect(delta?.messages).toHaveLength(21)
    expect(delta?.messages.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
  })
})
