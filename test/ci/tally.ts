/**
 * `node test/ci/tally.ts <folder>` sums up a CI run as "N passed, N failed". Each step left `<step>.exit` with its exit
 * code there, and a step that runs tests vitest's own report as `<step>.json`; a step without a report counts as one.
 * Exits with 1 when anything failed or nothing ran. Skipped tests are listed by name.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

const reportShape = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder with the results of the steps')
const tallies = readdirSync(folder)
  .filter((file) => file.endsWith('.exit'))
  .map((file) => tallyStep(join(folder, file)))
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
for (const name of tallies.flatMap(({ skipped }) => skipped)) process.stdout.write(`skipped: ${name}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function tallyStep(exitFile: string): Tally {
  const succeeded = readFileSync(exitFile, 'utf8').trim() === '0'
  const reportFile = exitFile.replace(/\.exit$/, '.json')
  if (!existsSync(reportFile)) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: [] }
  const tally = tallyReport(reportShape.parse(JSON.parse(readFileSync(reportFile, 'utf8'))))
  // A run that broke outside its tests, such as by an unhandled rejection, has failed all the same.
  return !succeeded && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

function tallyReport({ numPassedTests, numFailedTests, testResults }: z.infer<typeof reportShape>): Tally {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const brokenFiles = testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: tests.filter(({ status }) => !/^(passed|failed)$/.test(status)).map(({ fullName }) => fullName),
  }
}
