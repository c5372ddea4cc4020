import { describe, expect, it } from 'vitest'
import { failureOfError, withoutSecrets } from './classify.ts'

const error = (code: string, more: object = {}) =>
  Object.assign(new Error(`it says ${code}`), { code, ...more })

describe('the failure an error stands for', () => {
  it.each<[string, Error, object]>([
    ['a port nobody listens on', error('ECONNREFUSED'), { class: 'connection', fault: 'refused' }],
    ['no way to the host', error('EHOSTUNREACH'), { class: 'connection', fault: 'refused' }],
    ['a reset', error('ECONNRESET'), { class: 'connection', fault: 'reset' }],
    ['a name without address', error('ENOTFOUND'), { class: 'connection', fault: 'dns' }],
    ['a name server that is away', error('EAI_AGAIN'), { class: 'connection', fault: 'dns' }],
    ['a certificate', error('CERT_HAS_EXPIRED'), { class: 'connection', fault: 'tls' }],
    ['a TLS alert', error('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), { class: 'connection', fault: 'tls' }],
    // The generator has run out of ports or files: not the server's doing.
    ['no port left here', error('EADDRNOTAVAIL'), { class: 'connection', fault: 'other' }],
    ['no file left here', error('EMFILE'), { class: 'connection', fault: 'other' }],
    [
      'the system gave up connecting',
      error('ETIMEDOUT', { syscall: 'connect' }),
      { class: 'timeout', phase: 'connect' },
    ],
    [
      'undici gave up connecting to a proxy',
      error('UND_ERR_CONNECT_TIMEOUT'),
      { class: 'timeout', phase: 'connect' },
    ],
    ['a dead connection', error('ETIMEDOUT', { syscall: 'read' }), { class: 'connection', fault: 'other' }],
    [
      'an HTTP/2 session that failed',
      error('ERR_HTTP2_SESSION_ERROR'),
      { class: 'connection', fault: 'reset' },
    ],
  ])('%s', (_, given, expected) => {
    const code = (given as Error & { code: string }).code
    const message = expect.stringContaining(`it says ${code}`) as string
    expect(failureOfError(given)).toEqual({ code, message, ...expected })
  })

  it.each([
    ['ENOTFOUND', 'no name server knows this host; check the address of the target (it says ENOTFOUND)'],
    [
      'EMFILE',
      'this machine may open no more files and sockets; raise ulimit -n, or lower the load (it says EMFILE)',
    ],
    ['EADDRNOTAVAIL', /^this machine has no local port left .* use fewer connections, or a second machine/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /^nobody this machine trusts signed .* tls\.ca of the client \(it says/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /^the server's certificate is for another name; .* tls\.servername/],
    ['CERT_HAS_EXPIRED', /^the server's certificate has expired; .* the clock of this machine/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /speaks no TLS; .* http:\/\/ instead of https:\/\/\?$/],
  ])('says what to do about %s', (code, expected) => {
    expect(failureOfError(error(code)).message).toMatch(expected)
  })

  it('leaves out the local address that Node adds where there is none', () => {
    const { message } = failureOfError(
      error('EMFILE', { message: 'connect EMFILE ::1:80 - Local (undefined:undefined)' }),
    )
    expect(message).toMatch(/ \(connect EMFILE ::1:80\)$/)
  })

  it('is that of its innermost cause', () => {
    const outer = new Error('fetch failed', { cause: new Error('again', { cause: error('ECONNREFUSED') }) })
    expect(failureOfError(outer)).toMatchObject({ fault: 'refused', message: 'it says ECONNREFUSED' })
  })

  it.each([
    ['the address that refused', ['ETIMEDOUT', 'ECONNREFUSED'], 'ECONNREFUSED'],
    ['the address that refused, wherever it stands', ['ECONNREFUSED', 'ENETUNREACH'], 'ECONNREFUSED'],
    ['the last address', ['ENETUNREACH', 'ECONNRESET'], 'ECONNRESET'],
  ])('where several addresses were tried, is that of %s', (_, codes, expected) => {
    const all = new AggregateError(
      codes.map((code) => error(code, { syscall: 'connect' })),
      '',
    )
    expect(failureOfError(all).code).toBe(expected)
  })

  it('has a message whatever the error lacks', () => {
    expect(failureOfError(new TypeError())).toEqual({
      class: 'connection',
      fault: 'other',
      message: 'TypeError',
    })
    expect(failureOfError(Object.assign(new Error(), { code: 'EPIPE' })).message).toBe('EPIPE')
    expect(failureOfError(new AggregateError([], 'none'))).toMatchObject({ message: 'none' })
  })

  it('keeps the status where an answer had begun', () => {
    expect(failureOfError(error('ECONNRESET'), 200)).toMatchObject({ status: 200 })
    expect(failureOfError(error('ECONNRESET'))).not.toHaveProperty('status')
  })
})

describe('a message without secrets', () => {
  const failure = (message: string) => ({ class: 'auth', message }) as const

  it.each([
    ['authorization', 'Bearer sk-12345', 'key sk-12345 is wrong', 'key [removed] is wrong'],
    ['Authorization', 'bearer sk-12345', 'key sk-12345 is wrong', 'key [removed] is wrong'],
    ['api-key', 'azure1', 'azure1, azure1', '[removed], [removed]'],
    ['x-api-key', 'gate', 'gate', '[removed]'],
    ['x-amz-security-token', 'FwoG//', 'FwoG//', '[removed]'],
    ['cookie', 'a=b; c=d', 'cookie a=b; c=d', 'cookie [removed]'],
    // Too short to be a secret; taking it out would spoil any text.
    ['authorization', 'Bearer a', 'a bad day', 'a bad day'],
    ['x-title', 'harmless', 'harmless', 'harmless'],
  ])('%s: %s', (name, value, message, expected) => {
    expect(withoutSecrets(failure(message), { [name]: value }).message).toBe(expected)
  })

  it.each([
    ['/v1/chat?api-key=s3cret&x=1', 'no /v1/chat?api-key=s3cret&x=1', 'no /v1/chat?api-key=[removed]&x=1'],
    ['/v1?sig=a%2Bb%3D%3D', 'sig a+b== or a%2Bb%3D%3D', 'sig [removed] or [removed]'],
    ['/v1/chat', 'no /v1/chat', 'no /v1/chat'],
  ])('the query of %s', (path, message, expected) => {
    expect(withoutSecrets(failure(message), {}, path).message).toBe(expected)
  })

  it('is the same failure where there is nothing to remove', () => {
    const same = failure('no')
    expect(withoutSecrets(same, { authorization: 'Bearer sk-12345' })).toBe(same)
  })
})
