import { parseArgs } from 'node:util'
import type { Outcome } from './ledger/contest.ts'
import { measureInvoices } from './ledger/invoices.ts'
import { inTemporaryStores } from './ledger/place.ts'
import { measureRecognition } from './ledger/recognition.ts'
import type { Cpu } from './ledger/usage.ts'

const RECOGNISED = 1_000_000
/** Invoices for each recognised month. */
const INVOICES_SHARE = 0.2

/**
 * The books against PostgreSQL itself: a period run, and an import of invoices with all that follows from them, each
 * beside the COPY of the very rows that it wrote. `--rows 20000` recognises so many months, and takes in a fifth as
 * many invoices.
 */
export async function compareLedger(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string' }, only: { type: 'string' } },
  })
  const rows = Number(values.rows ?? RECOGNISED)
  if (!Number.isInteger(rows) || rows < 1) throw new Error(`--rows ${values.rows} is not a number of rows`)
  if (values.only !== 'invoices')
    report(await inTemporaryStores((stores) => measureRecognition(stores, rows)), 6)
  if (values.only !== 'recognition')
    report(await inTemporaryStores((stores) => measureInvoices(stores, Math.ceil(rows * INVOICES_SHARE))), 12)
}

function report(outcome: Outcome, aim: number): void {
  const { name, runMs, copyMs, runCpu, copyCpu, rows, memoryMiB } = outcome
  const written = Object.entries(rows).map(([table, count]) => `${count} ${table}`)
  process.stdout.write(
    [
      `${name}: ${(runMs / copyMs).toFixed(2)} times the COPY of the same rows (aim: under ${aim})`,
      `  product ${seconds(runMs)} (${cpuOf(runCpu)})`,
      `  COPY ${seconds(copyMs)} (${cpuOf(copyCpu)})`,
      `  rows: ${written.join(', ')}`,
      `  memory of this process, MiB, over the run: ${memoryMiB.map((value) => value.toFixed(0)).join(' ')}`,
      '',
    ].join('\n'),
  )
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

const cpuOf = ({ nodeMs, postgresMs }: Cpu): string =>
  `CPU: node ${seconds(nodeMs)}, PostgreSQL ${seconds(postgresMs)}`
