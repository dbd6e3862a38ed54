/** What is often done to a contract as a whole: each is an amendment with one change, and goes the same way. */
import type { AskedChange } from '#domain/asked-amendment.ts'
import type { Violation } from '#domain/failure.ts'
import type { Flow } from '../workflows/flow.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import { type Asked, amendmentFlow } from './amend-contract.ts'
import type { PreparedAmendment } from './amendment-story.ts'
import type { Systems } from './systems.ts'

/** What all of them take. */
interface ChangeContract extends KeyedInput {
  readonly contractId: string
  /** Null for who takes it as it comes to. */
  readonly previewHash?: string | null
  readonly reason?: string | null
}

/** A change from a day on. */
interface DatedChange extends ChangeContract {
  readonly effectiveDate: Temporal.PlainDate
}

/** The next term of a contract. */
export interface RenewContract extends ChangeContract {
  readonly endDate?: Temporal.PlainDate | null
  readonly uplift?: string
}

export type SuspendContract = DatedChange

export interface ResumeContract extends DatedChange {
  readonly extendsTerm?: boolean
}

export interface CancelContract extends DatedChange {
  readonly atEndOfPeriod?: boolean
}

export interface TransferContract extends DatedChange {
  readonly customerId: string
}

const asked = (
  { contractId, previewHash = null, reason = null }: ChangeContract,
  effectiveDate: Temporal.PlainDate,
  change: AskedChange,
): Asked => ({ amendment: { contractId, effectiveDate, changes: [change] }, previewHash, reason })

type ChangeFlow<Input> = Flow<Systems, Input, PreparedAmendment>

/** The one change is no list in the input of these mutations. */
const ownField = ({ field, ...why }: Violation): Violation => ({
  ...why,
  field: field.replace('changes.0.', ''),
})

/** A story with one change, which is refused by the fields of its own input. */
function changeFlow<Input extends ChangeContract>(
  name: string,
  read: Parameters<typeof amendmentFlow<Input>>[1],
): ChangeFlow<Input> {
  const flow = amendmentFlow(name, read)
  return {
    ...flow,
    prepare: async (systems, input) => {
      const outcome = await flow.prepare(systems, input)
      if (outcome.violations === undefined) return outcome
      return { violations: outcome.violations.map(ownField) }
    },
  }
}

/** A contract goes on for another term, in a contract of its own with its first invoice. */
export const renewContract: ChangeFlow<RenewContract> = changeFlow('renewContract', (input, contract) =>
  asked(input, contract.endDate, {
    kind: 'RENEW',
    endDate: input.endDate ?? null,
    uplift: input.uplift ?? '0',
  }),
)

/** Service and billing stand still; what was billed for the time is given back. */
export const suspendContract: ChangeFlow<SuspendContract> = changeFlow('suspendContract', (input) =>
  asked(input, input.effectiveDate, { kind: 'SUSPEND' }),
)

/** Service and billing go on, to the same end or to one that is as much later. */
export const resumeContract: ChangeFlow<ResumeContract> = changeFlow('resumeContract', (input) =>
  asked(input, input.effectiveDate, { kind: 'RESUME', extendsTerm: input.extendsTerm ?? false }),
)

/** A contract ends early, and what was billed beyond that is given back. */
export const cancelContract: ChangeFlow<CancelContract> = changeFlow('cancelContract', (input) =>
  asked(input, input.effectiveDate, { kind: 'CANCEL', atEndOfPeriod: input.atEndOfPeriod ?? false }),
)

/** What is left of a contract goes to another customer, who is billed for it. */
export const transferContract: ChangeFlow<TransferContract> = changeFlow('transferContract', (input) =>
  asked(input, input.effectiveDate, { kind: 'TRANSFER', customerId: input.customerId }),
)
