/** The process: reads the configuration, opens what the command needs, does it, and ends cleanly. */
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '#platform/config.ts'
import { DatabaseError } from '#platform/database-error.ts'
import { InvalidFactError } from '#platform/facts.ts'
import { createLog } from '#platform/log.ts'
import { MigrationError } from '#platform/migrate.ts'
import { PostgresError } from '#platform/postgres/errors.ts'
import { ImportFailed } from '#subgraphs/billing/stripe/pages.ts'
import { checkAuditCommand } from '#commands/check-audit.ts'
import { checkBooksCommand } from '#commands/check-books.ts'
import { type Command, type CommandLine, UsageError } from '#commands/command.ts'
import { exportCommand } from '#commands/export.ts'
import { importCommand } from '#commands/import.ts'
import { payCommand } from '#commands/pay.ts'
import { seedCommand, SeedError } from '#commands/seed.ts'
import { AddressError, startCommand } from '#commands/start.ts'
import { Interrupted, takeStopSignals } from '#commands/stop.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  seed: seedCommand,
  import: importCommand,
  pay: payCommand,
  'check-audit': checkAuditCommand,
  'check-books': checkBooksCommand,
  export: exportCommand,
}

const USAGE = `Usage:
  npm start                                      serve the graph; an empty store is filled first
  npm start -- --role subgraph:billing           serve one subgraph by itself
  npm run seed -- --customers 2000 --seed 7      invent a company in a store that holds none yet
  npm run import -- stripe                       bring in what a Stripe account holds (STRIPE_API_KEY)
  npm run pay                                    an invented customer pays an invoice: see it told (README)
  npm run check-books                            check the invariants of the books
  npm run check-audit [-- --head HASH]           check that nothing of the audit trail was changed
  npm run --silent export -- journal --format hledger [--entity US] [--through 2027-05-01] [--output FILE]
                                                 the journal as hledger, ledger, beancount or csv
  npm run --silent export -- invoice --format parquet --output FILE
                                                 a view of the schema "bi" as csv or parquet
  npm start -- --help                            show this
`

/** What is to be done; null where only the usage is asked for. */
function readCommandLine(words: readonly string[]): { command: Command; line: CommandLine } | null {
  const { values, positionals } = parse(words)
  const { help = false, ...options } = values
  if (help) return null
  const [name = 'start', ...rest] = positionals
  const command = COMMANDS[name]
  if (command === undefined) throw new UsageError(`There is no command "${name}".`)
  return { command, line: { ...options, words: rest } }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        customers: { type: 'string' },
        seed: { type: 'string' },
        format: { type: 'string' },
        entity: { type: 'string' },
        through: { type: 'string' },
        output: { type: 'string' },
        head: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // The parser's only failures are about the words that it was given.
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Failures whose message tells a person what to mend. */
const MENDABLE = [
  AddressError,
  ConfigError,
  DatabaseError,
  ImportFailed,
  InvalidFactError,
  MigrationError,
  PostgresError,
  SeedError,
]

const isMendable = (error: unknown): error is Error => MENDABLE.some((kind) => error instanceof kind)

const EXIT_FAILED = 1
/** What shells expect of a process that was interrupted. */
const EXIT_INTERRUPTED = 130

/** What a person at the keyboard can mend is told in a sentence; all else crashes with its stack. */
function tell(error: unknown): number {
  if (error instanceof Interrupted) process.stderr.write(`${error.message}\n`)
  else if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`)
  else if (isMendable(error)) process.stderr.write(`${error.message}\n`)
  else throw error
  return error instanceof Interrupted ? EXIT_INTERRUPTED : EXIT_FAILED
}

async function run(words: readonly string[]): Promise<void> {
  const asked = readCommandLine(words)
  if (asked === null) return void process.stdout.write(USAGE)
  const config = readConfig()
  const { command, line } = asked
  const log = createLog({ level: config.logLevel })
  for (const name of config.unknownVariables) log.warn(`${name} is set, but there is no such setting`)
  await command({ config, line, log, stop: takeStopSignals() })
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  process.exit(tell(error))
}
