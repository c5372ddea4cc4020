import { jsonReply, type Reply } from '../protocol.ts'
import { DEFAULT_MODEL } from '../settings.ts'

/** `GET /v1/models`. */
export function modelList(models: readonly string[] = [DEFAULT_MODEL], owner: string): Reply {
  return jsonReply(200, {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: owner })),
  })
}
