// The gateway as its operator meets it: a new supergraph is served at SIGHUP, and sockets outlive it until the end.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { SPARED } from '#test/product/node-process.ts'
import { freePort } from '#test/support/free-port.ts'

const MAIN = new URL('../../main.ts', import.meta.url).pathname
const COMMITTED = new URL('../../schema/supergraph.graphql', import.meta.url)
/** Every subgraph is somewhere else, and does not answer. */
const REMOTE = Object.fromEntries(
  ['CRM', 'BILLING', 'ERP', 'INSIGHT'].map((name) => [`SUBGRAPH_${name}_URL`, 'http://127.0.0.1:9/']),
)

/** A process may take long to start where the machine has other work. */
const START_TIMEOUT_MS = 60_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revgraph-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A gateway whose supergraph is in the file. */
async function startGateway(file: string) {
  const port = await freePort()
  const env = { ...SPARED, ...REMOTE, PORT: String(port), SUPERGRAPH_FILE: file }
  const child = spawn(process.execPath, [MAIN], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const says = (text: string): Promise<void> =>
    expect.poll(() => output, { timeout: START_TIMEOUT_MS }).toContain(text)
  await says('Ready: ')
  return { child, says, url: `127.0.0.1:${port}/graphql` }
}

async function descriptionOf(url: string, type: string): Promise<string | undefined> {
  const query = `{ type: __type(name: "${type}") { description } }`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`http://${url}`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { data } = (await response.json()) as { data: { type: { description: string } | null } }
  return data.type?.description
}

test(
  'SIGHUP serves the supergraph that the file has now, and what is no supergraph changes nothing',
  { timeout: 2 * START_TIMEOUT_MS },
  async () => {
    const file = join(folder, 'supergraph.graphql')
    await copyFile(COMMITTED, file)
    const { child, says, url } = await startGateway(file)
    const socket = new WebSocket(`ws://${url}`, 'graphql-transport-ws')
    await once(socket, 'open')
    expect(await descriptionOf(url, 'NewType')).toBeUndefined()

    const added = `\n"""Came later."""\ntype NewType @join__type(graph: CRM) { id: ID }\n`
    await writeFile(file, (await readFile(COMMITTED, 'utf8')) + added)
    child.kill('SIGHUP')
    await says('The supergraph was reloaded')
    expect(await descriptionOf(url, 'NewType')).toBe('Came later.')

    await writeFile(file, 'type Query {')
    child.kill('SIGHUP')
    await says('the new supergraph is refused, and the old one goes on')
    await rm(file)
    child.kill('SIGHUP')
    await says('the supergraph cannot be read, and the old one goes on')
    expect(await descriptionOf(url, 'NewType')).toBe('Came later.')

    expect(socket.readyState).toBe(WebSocket.OPEN)
    child.kill('SIGTERM')
    const ends = await Promise.all([once(socket, 'close'), once(child, 'close')])
    expect(ends.map((values) => values[0] as unknown)).toEqual([1001, 0])
  },
)

test('a supergraph that cannot be read at the start is told in a sentence', async () => {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...SPARED, ...REMOTE, SUPERGRAPH_FILE: '/nowhere.graphql' },
  })
  const [complaint] = (await once(child.stderr, 'data')) as [Buffer]
  expect(complaint.toString()).toBe('SUPERGRAPH_FILE is "/nowhere.graphql", which cannot be read.\n')
})
