// Ctrl-C in a terminal, as the process meets it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SPARED } from '#test/product/node-process.ts'
import { freePort } from '#test/support/free-port.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const MAIN = new URL('../../main.ts', import.meta.url).pathname
const TIMEOUT_MS = 60_000

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

test(
  'one Ctrl-C, which npm hands on a second time, stops the server in good order',
  { timeout: TIMEOUT_MS },
  async () => {
    const server = spawn(process.execPath, [MAIN, '--role', 'subgraph:crm'], {
      env: { ...SPARED, DATABASE_URL: database.url, PORT: String(await freePort()) },
    })
    server.stdout.on('data', (chunk: Buffer) => {
      if (/Ready: |Stopping/.test(chunk.toString())) server.kill('SIGINT')
    })
    expect(await once(server, 'exit')).toEqual([0, null])
  },
)
