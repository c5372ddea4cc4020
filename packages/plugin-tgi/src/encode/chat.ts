import type { Call, ChatSettings } from 'loadbench/plugin'
import type { TgiSettings } from '../settings.ts'

/**
 * A chat call as TGI's Messages API takes it. A model has to be named, and `tgi` is the one it serves.
 * It never gives several answers, whatever `n` says, and it refuses a `top_p` of 1.
 */
export function messagesCall({ n: _ignored, topP, ...call }: ChatSettings, settings: TgiSettings): Call {
  return {
    ...call,
    kind: 'chat',
    model: call.model ?? settings.model ?? 'tgi',
    ...(topP === undefined || topP === 1 ? {} : { topP }),
  }
}
