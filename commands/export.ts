import { exportJournal, JOURNAL_FORMATS, type JournalExport } from '#subgraphs/erp/export/export-journal.ts'
import { readLegalEntities } from '#subgraphs/erp/store.ts'
import { type Command, type CommandLine, UsageError } from './command.ts'
import { exportPublished } from './export-published.ts'
import { type Write, writeToFile, writeToOutput } from './output.ts'
import { withStores } from './stores.ts'

/**
 * `npm run --silent export -- journal --format hledger > books.journal`, or the rows of a published view:
 * `npm run --silent export -- invoice --format parquet --output invoices.parquet`
 */
export const exportCommand: Command = (input) =>
  input.line.words[0] === 'journal' ? exportBooks(input) : exportPublished(input)

const exportBooks: Command = (input) => {
  const { line } = input
  const wanted = readRequest(line)
  return withStores(input, async (stores) => {
    const db = stores.of('erp')
    await refuseUnknownEntity(wanted.entityCode, async () =>
      (await readLegalEntities(db)).map(({ code }) => code),
    )
    const work = async (write: Write): Promise<void> => {
      const { entries, legalEntities } = await exportJournal(db, wanted, write)
      process.stderr.write(`Exported ${entries} entries of ${legalEntities} legal entities.\n`)
    }
    await (line.output === undefined ? writeToOutput(work) : writeToFile(line.output, work))
  })
}

/** What is asked for; a UsageError says what is wrong with it. */
function readRequest({ words, format, entity, through }: CommandLine): JournalExport {
  if (words.length > 1) throw new UsageError('export takes one thing, such as "journal".')
  if (format === undefined || !isFormat(format)) {
    const known = Object.keys(JOURNAL_FORMATS).join(', ')
    throw new UsageError(`--format must be one of ${known}, not "${format ?? ''}".`)
  }
  return { format, entityCode: entity ?? null, through: through === undefined ? null : readDate(through) }
}

const isFormat = (name: string): name is JournalExport['format'] => Object.hasOwn(JOURNAL_FORMATS, name)

function readDate(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    throw new UsageError(`--through must be a calendar date such as 2027-05-01, not "${text}".`)
  }
}

async function refuseUnknownEntity(code: string | null, codes: () => Promise<string[]>): Promise<void> {
  if (code === null) return
  const known = await codes()
  if (!known.includes(code))
    throw new UsageError(`There is no legal entity "${code}"; there are ${known.join(', ')}.`)
}
