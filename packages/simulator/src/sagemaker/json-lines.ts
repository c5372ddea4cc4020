import type { Protocol, StreamWire } from '../protocol.ts'

/** A wire format of server-sent events as DJL passes it on: the data alone, a line each, and no end mark. */
export function jsonLines(protocol: Protocol): Protocol {
  return { ...protocol, stream: (answer, facts) => linesOf(protocol.stream(answer, facts)) }
}

function linesOf(wire: StreamWire): StreamWire {
  return {
    headers: { 'content-type': 'application/jsonlines' },
    open: () => lines(wire.open()),
    tokens: (choice, from, to) => lines(wire.tokens(choice, from, to)),
    finish: (choice) => lines(wire.finish(choice)),
    close: () => lines(wire.close()),
    done: '',
    error: lines(wire.error),
    malformed: lines(wire.malformed),
  }
}

function lines(events: string): string {
  return events
    .split('\n\n')
    .filter(Boolean)
    .map((event) => `${event.slice('data: '.length)}\n`)
    .join('')
}
