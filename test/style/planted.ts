/** For each rule, files that break it and files that come close but are right. Offenders break that one rule alone. */

/** A path from the repository's root and the file's text. */
export type Planted = readonly [path: string, text: string]

/** Rule id → its offenders and its near misses. */
export const planted: Readonly<Record<string, { found: readonly Planted[]; spared: readonly Planted[] }>> = {
  'layer-import': {
    found: [
      ['domain/money.ts', "import type { Clock } from '#platform/clock.ts'"],
      ['platform/command.ts', "import { planner } from '#gateway/plan.ts'"],
      ['subgraphs/crm/store.ts', "import { planner } from '#gateway/plan.ts'"],
      ['gateway/plan.ts', "import { pool } from '#platform/postgres/start.ts'"],
      ['gateway/plan.ts', "export { pool } from '#platform/command.ts'\nconst own = 1"],
      ['gateway/plan.ts', "const { page } = await import('#platform/page.ts')"],
      ['gateway/plan.ts', "type Migration = import('#platform/migrate.ts').Migration"],
      ['gateway/plan.ts', "import type { Customer } from '#subgraphs/crm/store.ts'"],
      ['schema/codegen.ts', "import { loaders } from '#subgraphs/crm/loaders.ts'"],
      ['schema/crm.generated.ts', "import type { Context } from '#subgraphs/billing/loaders.ts'"],
      ['main.ts', "import { world } from '#test/world.ts'"],
    ],
    spared: [
      ['domain/invoice.ts', "import type { Money } from './money.ts'"],
      ['platform/command.ts', "import { add } from '#domain/money.ts'"],
      ['subgraphs/crm/store.ts', "import { pool } from '#platform/postgres/start.ts'"],
      ['subgraphs/crm/resolvers.ts', "import type { Resolvers } from '#schema/crm.generated.ts'"],
      ['subgraphs/billing/stripe/map.ts', "import { save } from '../store.ts'"],
      [
        'gateway/server.ts',
        "import type { Clock } from '#platform/clock.ts'\nimport type { Log } from '#platform/log.ts'",
      ],
      ['schema/crm.generated.ts', "import type { Context } from '#subgraphs/crm/loaders.ts'"],
      [
        'gateway/plan.ts',
        "// never: import { pool } from '#platform/postgres/start.ts'\nconst text = 'from #platform/postgres/start.ts'",
      ],
      ['main.ts', "import { createGateway } from '#gateway/server.ts'"],
      ['bench/standing.ts', "import { createGateway } from '#gateway/server.ts'"],
      ['test/world.ts', "import { save } from '#subgraphs/crm/store.ts'"],
    ],
  },
  'subgraph-import': {
    found: [
      ['subgraphs/insight/resolvers.ts', "import { find } from '#subgraphs/erp/store.ts'"],
      ['subgraphs/insight/resolvers.ts', "import { find } from '../erp/store.ts'"],
      ['subgraphs/insight/resolvers.ts', "export * from '../crm/loaders.ts'\nconst own = 1"],
    ],
    spared: [
      ['subgraphs/erp/resolvers.ts', "import { find } from '#subgraphs/erp/store.ts'"],
      [
        'main.ts',
        "import { find } from '#subgraphs/erp/store.ts'\nimport { save } from '#subgraphs/crm/store.ts'",
      ],
    ],
  },
  'package-import': {
    found: [
      ['domain/money.ts', "import { readFileSync } from 'node:fs'"],
      ['domain/dates.ts', "import DataLoader from 'dataloader'"],
      ['gateway/fetch/execute.ts', "import pg from 'pg'"],
      ['subgraphs/crm/store.ts', "import type { Pool } from 'pg'"],
      ['subgraphs/crm/store.ts', "import { from } from 'pg-copy-streams'"],
      ['subgraphs/crm/store.ts', "import Stripe from 'stripe'"],
      ['gateway/compose.ts', "import { ApolloGateway } from '@apollo/gateway'"],
      ['gateway/compose.ts', "import { codegen } from '@graphql-codegen/core'"],
      ['platform/clock.ts', "import { env } from 'node:process'"],
      ['platform/clock.ts', "const fc = await import('fast-check')"],
    ],
    spared: [
      ['platform/postgres.ts', "import pg from 'pg'\nimport { from } from 'pg-copy-streams'"],
      ['subgraphs/billing/stripe/read.ts', "import Stripe from 'stripe'"],
      ['gateway/fetch/execute.ts', "import pgn from 'pgn-viewer'\nimport { parse } from 'graphql'"],
      ['test/gateway/audit.test.ts', "import { ApolloGateway } from '@apollo/gateway'\nimport pg from 'pg'"],
      ['vitest.config.ts', "import { defineConfig } from 'vitest/config'"],
    ],
  },
  'path-import': {
    found: [
      ['gateway/plan.ts', "import { add } from '../domain/money.ts'"],
      ['main.ts', "import { add } from './domain/money.ts'"],
    ],
    spared: [
      ['domain/invoice.ts', "import { add } from './money.ts'"],
      ['test/gateway/plan.test.ts', "import { world } from '../support/world.ts'"],
      ['test/style/style.test.ts', "import manifest from '../../package.json' with { type: 'json' }"],
    ],
  },
  'import-extension': {
    found: [
      ['domain/invoice.ts', "import { add } from './money'"],
      ['domain/invoice.ts', "import { add } from './money.js'"],
      ['platform/page.ts', "import { add } from '#domain/money'"],
    ],
    spared: [
      ['domain/invoice.ts', "import { add } from './money.ts'"],
      [
        'platform/version.ts',
        "import manifest from './manifest.json' with { type: 'json' }\nimport { parse } from 'graphql'",
      ],
    ],
  },
  'computed-import': {
    found: [['gateway/plan.ts', 'const plugin = await import(name)']],
    spared: [['gateway/plan.ts', "const plugin = await import('./execute.ts')"]],
  },
  'unknown-layer': {
    found: [['services/crm.ts', 'const a = 1']],
    spared: [
      ['main.ts', 'const a = 1'],
      ['services/notes.md', 'notes'],
    ],
  },
  'parse-float': {
    found: [
      ['domain/money.ts', "const amount = parseFloat('1.10')"],
      ['domain/money.ts', 'const parse = Number.parseFloat'],
    ],
    spared: [
      ['domain/money.ts', "// not parseFloat\nconst text = 'parseFloat'\nconst parseFloats = /parseFloat/"],
    ],
  },
  'to-fixed': {
    found: [['domain/money.ts', 'const text = total.toFixed(2)']],
    spared: [
      ['bench/report.ts', 'const ratio = share.toFixed(2)'],
      ['domain/money.ts', 'const text = toFixedPoint(total)'],
    ],
  },
  'math-random': {
    found: [['platform/retry.ts', 'const jitter = Math.random()']],
    spared: [['platform/retry.ts', 'const jitter = random()\nconst most = Math.max(1, 2)']],
  },
  'wall-clock': {
    found: [
      ['platform/relay.ts', 'const started = Date.now()'],
      ['test/world.ts', 'const started = new Date()'],
      ['domain/dates.ts', "const today = Temporal.Now.plainDateISO('UTC')"],
    ],
    spared: [
      ['platform/clock.ts', 'const now = Temporal.Now.instant()'],
      ['domain/dates.ts', "const due = Temporal.PlainDate.from('2026-01-31')\nconst text = `new Date()`"],
    ],
  },
  environment: {
    found: [
      ['main.ts', 'const port = process.env.PORT'],
      ['main.ts', "const port = process['env'].PORT"],
      ['main.ts', 'const { argv, env } = process'],
    ],
    spared: [
      ['platform/config.ts', 'const port = process.env.PORT'],
      ['test/start.test.ts', 'const child = { env: { ...process.env, PORT: 0 } }'],
      ['main.ts', 'process.on(event, () => stop())\nconst { argv } = process\nconst { env } = config'],
    ],
  },
  console: {
    found: [['main.ts', 'console.log(port)']],
    spared: [['main.ts', "process.stdout.write('open console.html')\nserve(webConsole.page)"]],
  },
  'as-any': {
    found: [['platform/page.ts', 'const row = rows[0] as any']],
    spared: [['platform/page.ts', '// as any reader sees\nconst row = rows[0] as anything']],
  },
  'skipped-test': {
    found: [
      ['test/money.test.ts', "it.skip('adds', () => {})"],
      ['test/money.test.ts', "describe.only('money', () => {})"],
      ['test/money.test.ts', "test.concurrent.skip('adds', () => {})"],
      ['test/money.test.ts', "it.skipIf(offline)('adds', () => {})"],
    ],
    spared: [
      [
        'test/money.test.ts',
        "it('skips the .only row', () => rows.skip(1))\nit.each(rows)('adds', add)\nit.runIf(isRoot)('adds', add)",
      ],
    ],
  },
  'ts-ignore': {
    found: [
      ['platform/page.ts', '// @ts-ignore\nconst a = 1'],
      ['platform/page.ts', '// @ts-nocheck'],
      ['platform/page.ts', '// @ts-expect-error\nconst a = 1'],
    ],
    spared: [
      ['platform/page.ts', "// @ts-expect-error a state that the type forbids\nconst a = '@ts-ignore'"],
    ],
  },
  'disabled-lint': {
    found: [
      ['platform/page.ts', '// oxlint-disable-next-line no-empty\nconst a = 1'],
      ['platform/page.ts', '/* eslint-disable no-empty */'],
      ['platform/page.ts', '// oxlint-disable-next-line no-empty -- ok\nconst a = 1'],
    ],
    spared: [
      [
        'platform/page.ts',
        '// oxlint-disable-next-line no-empty -- the driver closes it itself\nconst a = 1',
      ],
    ],
  },
  unfinished: {
    found: [
      ['platform/page.ts', '// TODO: the last page'],
      ['platform/page.ts', '/** Pages.\n * FIXME */'],
    ],
    spared: [['platform/page.ts', "const status = 'TODO'\n// todos are issues"]],
  },
  'sql-home': {
    found: [
      ['subgraphs/crm/resolvers.ts', "const text = 'SELECT id FROM customer'"],
      ['subgraphs/crm/resolvers.ts', 'const text = `select id\nfrom ${table} where id = $1`'],
      ['subgraphs/crm/loaders.ts', "const text = 'insert into customer values ($1)'"],
      ['subgraphs/crm/loaders.ts', 'const text = `WITH x AS (UPDATE customer SET name = ${name}) TABLE x`'],
      ['gateway/plan.ts', "const text = 'DELETE FROM plan'"],
      ['main.ts', "const text = 'create table note (id text)'"],
      ['subgraphs/crm/resolvers.ts', "const rows = db.selectFrom('customer')"],
      ['subgraphs/crm/resolvers.ts', 'const rows = sql`now()`'],
    ],
    spared: [
      ['subgraphs/crm/store.ts', 'const text = `SELECT id FROM customer`'],
      ['subgraphs/erp/schedule-store.ts', 'const text = `SELECT id FROM schedule`'],
      ['platform/command.ts', "const text = 'INSERT INTO outbox VALUES ($1)'"],
      ['test/world.ts', "const text = 'DELETE FROM customer'"],
      ['gateway/plan.ts', "const text = 'Select one from the list, then update the plan'"],
      ['gateway/plan.ts', '// SELECT id FROM customer\nconst text = `query { selection }`'],
    ],
  },
  'empty-catch': {
    found: [
      ['platform/page.ts', 'try { close() } catch {}'],
      ['platform/page.ts', 'try { close() } catch (error) { /* never mind */ }'],
      ['platform/page.ts', 'close().catch(() => {})'],
      ['platform/page.ts', 'close().catch(() => undefined)'],
    ],
    spared: [
      ['platform/page.ts', 'try { close() } catch (error) { log.warn(error) }'],
      ['platform/page.ts', 'close().catch((error) => log.warn(error))\nclose().then(() => {})'],
    ],
  },
  'bare-delay': {
    found: [
      ['platform/relay.ts', 'setTimeout(poll, 250)'],
      ['platform/relay.ts', 'await setTimeout(250)'],
      ['test/relay.test.ts', 'await sleep(1_000)'],
    ],
    spared: [
      ['platform/relay.ts', 'setTimeout(poll, pollIntervalMs)\nawait setTimeout(pollIntervalMs)\nlimit(250)'],
    ],
  },
  'date-type': {
    found: [
      ['domain/dates.ts', 'const due = (date: Date): boolean => true'],
      ['subgraphs/crm/store.ts', 'interface Row { due: Date | null }'],
    ],
    spared: [
      [
        'domain/dates.ts',
        'const due = (date: Temporal.PlainDate): boolean => isDate(date)\ntype Due = MyDate',
      ],
    ],
  },
  'money-number': {
    found: [
      ['domain/invoice.ts', 'interface Line { readonly unitPrice: number }'],
      ['domain/invoice.ts', 'const pay = (amount: number): void => spend(amount)'],
    ],
    spared: [
      ['domain/invoice.ts', 'interface Line { amount: bigint; priceCount: number; quantity: number }'],
      ['subgraphs/billing/stripe/shapes.ts', 'interface Charge { amount: number }'],
    ],
  },
  'undocumented-export': {
    found: [
      ['domain/money.ts', 'export const add = (a: bigint): bigint => a'],
      ['domain/money.ts', '// Adds.\nexport function add(): void {}'],
      ['domain/money.ts', '/** Money. */\nconst one = 1n\nexport class Money {}'],
      ['domain/money.ts', '/* Adds. */\nexport default function () {}'],
    ],
    spared: [
      [
        'domain/money.ts',
        '/** Adds. */\nexport const add = (a: bigint): bigint => a\nexport const zero = 0n',
      ],
      [
        'domain/money.ts',
        '/** Adds. */\n// oxlint-disable-next-line x -- a reason that is long\nexport function a() {}',
      ],
      ['domain/money.ts', 'export interface Money { currency: string }\nfunction inside(): void {}'],
      ['test/world.ts', 'export function world(): void {}'],
      ['schema/crm.generated.ts', 'export function world(): void {}'],
    ],
  },
  'index-file': {
    found: [
      ['domain/index.ts', 'const a = 1'],
      ['console/index.html', '<html>'],
    ],
    spared: [['domain/price-index.ts', 'const a = 1']],
  },
  barrel: {
    found: [
      ['domain/all.ts', "export * from './money.ts'"],
      ['domain/all.ts', "import { add } from './money.ts'\nexport { add }"],
    ],
    spared: [
      ['domain/invoice.ts', "import { add } from './money.ts'\nconst sum = add\nexport { sum }"],
      ['main.ts', "import '#gateway/server.ts'"],
    ],
  },
  'folder-depth': {
    found: [['subgraphs/billing/stripe/pages/page.ts', 'const a = 1']],
    spared: [['subgraphs/billing/stripe/page.ts', 'const a = 1']],
  },
  'long-line': {
    found: [['domain/money.ts', `const text = '${'a'.repeat(120)}'`]],
    spared: [
      ['domain/money.ts', `// ${'a'.repeat(117)}\n// ${'b'.repeat(117)}`],
      ['README.md', 'a'.repeat(500)],
      ['schema/crm.generated.ts', `type A = '${'a'.repeat(500)}'`],
    ],
  },
  'long-file': {
    found: [['domain/money.ts', 'add()\n'.repeat(401)]],
    spared: [
      ['domain/money.ts', 'add()\n'.repeat(400)],
      ['schema/crm.generated.ts', 'add()\n'.repeat(5_000)],
    ],
  },
  'migration-reason': {
    found: [
      ['subgraphs/crm/0001-customer.sql', 'create table customer (id text);\n'],
      ['subgraphs/crm/0001-customer.sql', '-- customers\ncreate table customer (id text);\n'],
      [
        'subgraphs/crm/0001-customer.sql',
        '-- Customers are the root of everything\n-- that follows.\ncreate table customer ();\n',
      ],
    ],
    spared: [
      [
        'subgraphs/crm/0001-customer.sql',
        '-- Customers are the root of everything that CRM holds.\ncreate table customer ();\n',
      ],
    ],
  },
  'machine-path': {
    found: [
      ['README.md', 'cd /home/ada/revgraph'],
      ['bench/run.ts', "const folder = '/root/data'"],
    ],
    spared: [['README.md', 'see https://example.com/home/start, ./work/main and $HOME/work/main']],
  },
}
