// The least a server can do: the same short answer to everything, 3 bytes long. `GET /count` tells how many
// requests came before.
//
//   node short-answer-server.mjs
//
// Prints its address once it listens.
import { createServer } from 'node:http'

let count = 0
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  // The body is read, so that the connection can be used again.
  request.resume()
  if (request.url === '/count') response.end(String(count))
  else {
    count += 1
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 3 })
    response.end('ok\n')
  }
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
