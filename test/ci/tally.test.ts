/** The last line of a CI run is what the runners reported, and a failure is never lost on the way to it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

const command = new URL('./tally.ts', import.meta.url).pathname
let folder: string

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tally-'))))
afterEach(() => rmSync(folder, { recursive: true }))

it.each([
  {
    story: 'tests and a check pass',
    files: { 'test.exit': '0', 'test.json': report(['passed', 'passed']), 'check.exit': '0' },
    line: '3 passed, 0 failed',
    status: 0,
  },
  {
    story: 'a test fails',
    files: { 'test.exit': '1', 'test.json': report(['passed', 'failed']) },
    line: '1 passed, 1 failed',
    status: 1,
  },
  {
    story: 'a check fails',
    files: { 'test.exit': '0', 'test.json': report(['passed']), 'check.exit': '2' },
    line: '1 passed, 1 failed',
    status: 1,
  },
  {
    story: 'a test file does not load',
    files: { 'test.exit': '1', 'test.json': report([]) },
    line: '0 passed, 1 failed',
    status: 1,
  },
  {
    story: 'a run breaks after its tests passed',
    files: { 'test.exit': '1', 'test.json': report(['passed']) },
    line: '1 passed, 1 failed',
    status: 1,
  },
  {
    story: 'a runner dies before it reports',
    files: { 'test.exit': '137' },
    line: '0 passed, 1 failed',
    status: 1,
  },
  {
    story: 'a test is skipped',
    files: { 'test.exit': '0', 'test.json': report(['passed', 'skipped']) },
    line: 'skipped: test 1\n1 passed, 0 failed',
    status: 0,
  },
  { story: 'nothing ran', files: {}, line: '0 passed, 0 failed', status: 1 },
])('$story: $line', ({ files, line, status }) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const run = spawnSync(process.execPath, [command, folder], { encoding: 'utf8' })
  expect({ output: run.stdout, status: run.status }).toEqual({ output: `${line}\n`, status })
})

/** A report of vitest over one file; a file without tests is one that did not load. */
function report(statuses: readonly string[]): string {
  const failed = statuses.filter((status) => status === 'failed').length
  return JSON.stringify({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numFailedTests: failed,
    testResults: [
      {
        status: failed > 0 || statuses.length === 0 ? 'failed' : 'passed',
        assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
      },
    ],
  })
}
