/** For authors of providers. */
export type {
  Call,
  CallSettings,
  ChatSettings,
  CompletionSettings,
  EmbeddingSettings,
  GenerationCall,
  GenerationSettings,
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
  SignContext,
  TextPattern,
  TlsSettings,
} from './model/provider.ts'
export type {
  EmbeddingPart,
  ErrorPart,
  Part,
  ServerTiming,
  ToolDelta,
  Usage,
  WarningPart,
} from './model/part.ts'
export type {
  Probe,
  ProbeAnswer,
  ProbeAnswers,
  ProbeRequest,
  ServedModel,
  ServerInfo,
} from './model/probe.ts'
export type { Timeouts } from './model/timeouts.ts'
export type { CallResult, CallTimings, TokenSource } from './model/exchange.ts'
export type { ErrorClass, Failure } from './model/failure.ts'
export { isAmount, isObject, isText, jsonText, malformed, readObject, type JsonObject } from './model/json.ts'
export { readDataUrl, type DataUrl } from './model/data-url.ts'
/** For framings around another one: an event stream that carries server-sent events. */
export { framerFor } from './transport/frames/framer.ts'
export { connect, type Connection } from './client/connect.ts'
export { LoadbenchError } from './model/errors.ts'
