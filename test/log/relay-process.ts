/** A node of its own that publishes CRM's events, to be killed or stopped. Prints `ready` when it stands ready. */
import { openDatabase } from '#platform/database.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { roleOf } from '#platform/migrate.ts'
import { silentLog } from '#test/support/log.ts'

const url = process.argv[2] ?? ''
const db = openDatabase({ url, role: roleOf('crm'), maxConnections: 2, log: silentLog })
startRelay({ db, source: 'crm', bus: createLocalBus(), log: silentLog })
process.stdout.write('ready\n')
