/** Every class an error can have. */
export const ERROR_CLASSES = [
  'timeout',
  'connection',
  'stale_connection',
  'http_4xx',
  'rate_limited',
  'http_5xx',
  'overloaded',
  'stream_error',
  'stream_truncated',
  'malformed',
  'empty',
  'auth',
  'model_not_found',
  'context_length',
  'content_filter',
  'aborted',
] as const
