import { describe, expect, it } from 'vitest'
import { CERT, KEY } from './__fixtures__/servers.ts'
import { readTls } from './tls-context.ts'

describe('TLS settings', () => {
  it('need no context of their own as long as no certificate is given', () => {
    expect(readTls({ servername: 'llm.test', rejectUnauthorized: false })).toEqual({
      servername: 'llm.test',
      rejectUnauthorized: false,
    })
  })

  it('are read once for all who have the same', () => {
    const context = readTls({ ca: CERT }).secureContext
    expect(context).toBeDefined()
    expect(readTls({ ca: CERT }).secureContext).toBe(context)
    expect(readTls({ cert: CERT, key: KEY }).secureContext).not.toBe(context)
  })

  it.each([
    ['ca', { ca: '/etc/ssl/ca.pem' }],
    ['ca', { ca: '' }],
    ['cert or key', { cert: 'nonsense', key: KEY }],
    ['cert or key', { cert: CERT, key: 'nonsense' }],
  ])('%s that cannot be read is told', (name, settings) => {
    expect(() => readTls(settings)).toThrow(`${name} cannot be read: `)
  })
})
