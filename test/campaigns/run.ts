/** `npm run campaign -- <name>`: a search for faults that takes too long for every test run. */
import { runAttack } from './attack.ts'
import { runAudit } from './audit.ts'
import type { Campaign } from './campaign.ts'
import { runDifferential } from './differential.ts'
import { runDocuments } from './documents.ts'
import { runErpOutage } from './erp-outage.ts'
import { runEvents } from './events.ts'
import { runPointToPoint } from './point-to-point.ts'
import { runSoak } from './soak.ts'
import { runWorkflows } from './workflows.ts'

const CAMPAIGNS: Readonly<Record<string, Campaign>> = {
  attack: runAttack,
  audit: runAudit,
  differential: runDifferential,
  documents: runDocuments,
  'erp-outage': runErpOutage,
  events: runEvents,
  'point-to-point': runPointToPoint,
  soak: runSoak,
  workflows: runWorkflows,
}

const [, , name = '', ...options] = process.argv
const campaign = CAMPAIGNS[name]
if (campaign === undefined) {
  process.stderr.write(`There is no campaign "${name}"; there are ${Object.keys(CAMPAIGNS).join(', ')}.\n`)
  process.exitCode = 1
} else {
  const { passed, failed } = await campaign(options)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}
