import type { Scope } from '../script/scope.ts'
import { Connections } from '../transport/connections.ts'
import type { ClientSettings } from '../model/provider.ts'

/** Of everything in this thread that shares connections; also of calls outside of any VU. */
const shared = new Connections()

/** The connections a request in `scope` takes one from. */
export function connectionsFor(
  scope: Scope | undefined,
  sharing: ClientSettings['connections'] = 'vu',
): Connections {
  if (scope === undefined || sharing === 'shared') return shared
  const { vu } = scope
  if (vu.connections instanceof Connections) return vu.connections
  const own = new Connections()
  vu.connections = own
  return own
}

/** Closes what a VU's calls left open. */
export function closeConnections(vu: Pick<Scope['vu'], 'connections'>): void {
  if (vu.connections instanceof Connections) vu.connections.close()
}

/** Closes the shared connections of this thread. Those of a VU are closed by whoever runs it. */
export function closeSharedConnections(): void {
  shared.close()
}
