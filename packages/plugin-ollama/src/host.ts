import { LoadbenchError } from 'loadbench/plugin'

const OWN_PORT = '11434'
const CLOUD = 'ollama.com'

/**
 * The address `OLLAMA_HOST` stands for, read as Ollama's own client reads it: the scheme, the host and
 * the port may each be missing (`10.0.0.7`, `:8080`, `https://llm.example.com/ollama`). Without a scheme
 * the port is 11434, with one it is the scheme's. `0.0.0.0`, which servers listen at, is this machine.
 * @returns `undefined` where the variable is not set: no load goes to a server nobody named.
 * @throws LB_TARGET_INVALID for what is no address.
 */
export function readHost(variable: string | undefined): string | undefined {
  const text = unquoted(variable ?? '')
  if (text === '') return undefined
  const [, scheme, rest = text] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? []
  if (scheme === undefined && text === CLOUD) return `https://${CLOUD}`
  const [, authority = '', path = ''] = /^([^/]*)(.*)$/s.exec(rest) ?? []
  const place = placeOf(authority, scheme === undefined ? OWN_PORT : undefined)
  const address = `${scheme ?? 'http'}://${place}${path.replace(/\/+$/, '')}`
  if (!/^https?:/i.test(address) || !URL.canParse(address)) throw unreadable(text)
  return address
}

/** `host:port`, IPv6 in brackets. */
function placeOf(authority: string, ownPort: string | undefined): string {
  // More than one colon without brackets: an IPv6 address, and no port.
  const bare = /^[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*$/i.test(authority)
  const [, host = '', given] = bare
    ? [authority, `[${authority}]`]
    : (/^(.*?)(?::(\d*))?$/s.exec(authority) ?? [])
  const port = given || ownPort
  return `${connectable(host)}${port === undefined ? '' : `:${port}`}`
}

/** An address to listen at is none to connect to. */
function connectable(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  return host === '[::]' ? '[::1]' : host
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
}

function unreadable(text: string): LoadbenchError {
  return new LoadbenchError(
    'LB_TARGET_INVALID',
    `OLLAMA_HOST is "${text.replace(/[^/\s]*@/, '')}", which is no address`,
    'Write it as Ollama reads it, for example 127.0.0.1:11434 or https://llm.example.com.',
  )
}
