import type { AnyProtocol, Inquiry, Reply } from './protocol.ts'

/** Answers at once, without a slot, timing or faults. */
export type Respond = (request: Inquiry) => Reply

/** What stands at a path, by method. */
export type Methods = Readonly<Partial<Record<string, AnyProtocol | Respond>>>

/** A kind of server: what it answers to, and how it says that something is not there. */
export interface Dialect {
  /** By path. `{name}` in a path stands for one segment, whatever it is, as it was sent: still encoded. */
  readonly routes: Readonly<Record<string, Methods>>
  /** A path that is not there. */
  unknownRoute(method: string, path: string): Reply
  /** A method that its path does not have; `allowed` are those it has: `GET, POST`. */
  wrongMethod(method: string, path: string, allowed: string): Reply
}
