/** For authors of providers. */
export type {
  Call,
  CallSettings,
  ChatSettings,
  CompletionSettings,
  Content,
  ContentPart,
  Message,
  Tool,
  ToolCall,
} from './model/call.ts'
export type {
  ClientSettings,
  Decoder,
  Frame,
  Framer,
  FrameSink,
  Framing,
  HttpRequest,
  ProviderPlugin,
  ResponseHead,
  TlsSettings,
} from './model/provider.ts'
export type { ErrorPart, Part, ServerTiming, ToolDelta, Usage } from './model/part.ts'
export type { Timeouts } from './model/timeouts.ts'
export type { CallResult, CallTimings, TokenSource } from './model/exchange.ts'
export type { ErrorClass, Failure } from './model/failure.ts'
export { connect, type Connection } from './client/connect.ts'
export { LoadbenchError } from './model/errors.ts'
