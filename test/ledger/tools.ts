/** Programs of others that read a journal: what they say of an export is held against what the graph says. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { exportJournal, type JournalExport } from '#subgraphs/erp/export/export-journal.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { ask } from '#test/support/ask.ts'

const run = promisify(execFile)

/** Each program with the arguments by which it checks a file, and the format that it reads. */
const PROGRAMS = [
  {
    command: 'hledger',
    format: 'hledger',
    check: (file: string) => ['-f', file, 'check', '--strict', 'ordereddates'],
  },
  {
    command: 'ledger',
    format: 'ledger',
    check: (file: string) => ['--args-only', '-f', file, '--pedantic', 'balance'],
  },
  { command: 'bean-check', format: 'beancount', check: (file: string) => [file] },
] as const

/** Whether the programs are to be asked: by `npm run test:ledger`. The rest of the tests does without them. */
export const ledgersAreAsked = process.env['LEDGER_TOOLS'] === 'true'

/** The programs that are there. In CI all of them have to be. */
function presentPrograms() {
  return PROGRAMS.filter(({ command }) => {
    const isPresent = spawnSync(command, ['--version']).status === 0
    if (!isPresent && process.env['CI'] === 'true') throw new Error(`${command} is not installed`)
    if (!isPresent)
      process.stderr.write(`NOT RUN: ${command} is not installed; it could not check the export\n`)
    return isPresent
  })
}

/** The whole journal in a format. */
export async function exported(db: Database, format: JournalExport['format']): Promise<string> {
  const pieces: string[] = []
  await exportJournal(db, { format, entityCode: null, through: null }, async (text) => {
    pieces.push(text)
  })
  return pieces.join('')
}

/** Every program that is there accepts the export, and hledger's balances are those of the graph, to the last cent. */
export async function expectLedgersToAgree(db: Database): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'revgraph-ledger-'))
  try {
    for (const { command, format, check } of presentPrograms()) {
      const file = join(folder, format)
      const journal = await exported(db, format)
      await writeFile(file, journal)
      await run(command, check(file), { maxBuffer: MAX_OUTPUT_BYTES })
      if (format !== 'hledger') continue
      expect(assertionsIn(journal)).toBeGreaterThan(0)
      expect(await balancesByHledger(file)).toEqual(await balancesByGraph(db))
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const MAX_OUTPUT_BYTES = 100_000_000

/** Lines of a journal that assert a balance. */
export const assertionsIn = (journal: string): number =>
  journal.match(/^ .* = -?[\d.]+ [A-Z]{3}$/gm)?.length ?? 0

/** Balance of each account at cost, `10.00 USD`, those of zero left out. */
async function balancesByHledger(file: string): Promise<Record<string, string>> {
  const { stdout } = await run(
    'hledger',
    ['-f', file, 'balance', '--cost', '--flat', '--no-total', '--output-format', 'csv'],
    { maxBuffer: MAX_OUTPUT_BYTES },
  )
  const rows = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => /^"(.*)","(.*)"$/.exec(line) ?? [])
  return Object.fromEntries(rows.map(([, account = '', balance = '']) => [account, balance]))
}

interface Reported {
  readonly trialBalance: {
    readonly accounts: readonly {
      readonly account: { readonly code: string; readonly name: string; readonly type: string }
      readonly balance: { readonly amount: string; readonly currency: string; readonly minorUnits: string }
    }[]
  }
}

const ROOTS: Readonly<Record<string, string>> = {
  ASSET: 'Assets',
  LIABILITY: 'Liabilities',
  REVENUE: 'Income',
  CONTRA_REVENUE: 'Income',
  EXPENSE: 'Expenses',
}

/** The same as the trial balances of the graph say. */
async function balancesByGraph(db: Database): Promise<Record<string, string>> {
  const subgraph = erp(db, manualClock('2100-01-01T00:00:00Z'))
  const { legalEntities } = await ask<{ legalEntities: { id: string; code: string }[] }>(
    subgraph,
    '{ legalEntities { id code } }',
  )
  const balances = await Promise.all(
    legalEntities.map(async ({ id, code }) => {
      const { trialBalance } = await ask<Reported>(
        subgraph,
        `query ($id: ID!) { trialBalance(legalEntityId: $id) {
          accounts { account { code name type } balance { amount currency minorUnits } } } }`,
        { id },
      )
      return trialBalance.accounts
        .filter(({ balance }) => balance.minorUnits !== '0')
        .map(({ account, balance }) => [
          `${ROOTS[account.type]}:${code}:${account.code} ${account.name}`,
          `${balance.amount} ${balance.currency}`,
        ])
    }),
  )
  return Object.fromEntries(balances.flat()) as Record<string, string>
}
