/** The contender without a graph: what the same answer costs when a handler is written for it. */
import { serveMeasured } from '../server.ts'
import { pageOf } from './graph.ts'

serveMeasured((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { offset: number } }
    const customers = pageOf(variables.offset)
    const body = Buffer.from(JSON.stringify({ data: { customers } }))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
})
