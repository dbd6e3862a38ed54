import type { CreditNote, Dispute, Invoice, Payment, Refund } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Facts, RecordCounts, RecordFacts } from '#domain/facts.ts'
import type { HeldWrite } from '#domain/foreign-write.ts'
import type { DocumentViolation } from '#domain/settlement.ts'
import type { RecordingSum, WriteGuard } from '#platform/facts.ts'

/** Billing documents as stored: what ERP posts. */
interface Documents {
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
  /** Where one claims more than another can take. */
  readonly violations: readonly DocumentViolation[]
}

/** What a person has to look into. */
export interface Trouble {
  readonly violations: readonly DocumentViolation[]
  /** Documents that the books cannot take until something is mended, among those of one call. */
  readonly blocked: number
}

/** What a system took of facts, and what it held back. */
interface Taken<Kind extends keyof Facts> extends RecordingSum {
  readonly taken: Pick<Facts, Kind>
}

/** The systems that own what facts are about. Each call is one transaction of that system. */
export interface Systems {
  /** Which fields of facts stay as they are, since another system masters them. */
  readonly guard: (facts: Partial<Facts>) => Promise<WriteGuard>
  readonly crm: (
    facts: Partial<Facts>,
    guard: WriteGuard,
  ) => Promise<Taken<'customers'> & { contracts: readonly Contract[] }>
  readonly billing: (
    facts: Partial<Facts>,
    guard: WriteGuard,
  ) => Promise<Taken<'products' | 'prices'> & { touched: Documents }>
  /** Has a person look at what was held back. */
  readonly raise: (held: readonly HeldWrite[]) => Promise<void>
  readonly erp: (facts: Partial<Facts>) => Promise<RecordCounts>
  /** What the books need of facts of the other systems, once these have taken them. */
  readonly reference: (facts: Partial<Facts>) => Promise<void>
  /** Ids of at most so many documents that could not be posted, after an id, in order. */
  readonly blocked: (afterId: string, limit: number) => Promise<readonly string[]>
  /** Documents by id, and all that may follow from them. */
  readonly documents: (ids: readonly string[]) => Promise<Documents>
  /** Posts what is not posted yet. */
  readonly post: (documents: Documents) => Promise<{ readonly blocked: number }>
  /** Builds or revises the revenue schedules of contracts, and of invoices that no contract stands behind. */
  readonly schedule: (
    sources: { readonly contracts: readonly Contract[] } & Pick<Documents, 'invoices' | 'creditNotes'>,
  ) => Promise<unknown>
}

/**
 * Takes facts in: each system records what it owns, then the books follow. A crash between two steps leaves nothing
 * half written within a system, and the same facts again do what is left, since every step skips what is done.
 */
export const createIntake =
  (systems: Systems, onTrouble: (trouble: Trouble) => void = () => {}): RecordFacts =>
  async (facts) => {
    const erp = await systems.erp(facts)
    const guard = await systems.guard(facts)
    const crm = await systems.crm(facts, guard)
    const { counts, touched, taken, held } = await systems.billing(facts, guard)
    await systems.raise([...crm.held, ...held])
    await systems.reference({ ...facts, ...crm.taken, ...taken })
    // Contracts before what bills them: it may be earned by another legal entity than the one that bills.
    await systems.schedule({ contracts: crm.contracts, invoices: [], creditNotes: [] })
    const isMended = BOOKS.some((kind) => facts[kind] !== undefined) || crm.contracts.length > 0
    if (isMended) await postBlocked(systems)
    const { blocked } = await systems.post(touched)
    await systems.schedule({
      contracts: [],
      invoices: touched.invoices,
      creditNotes: effective(touched),
    })
    const { violations } = touched
    if (blocked > 0 || violations.length > 0) onTrouble({ violations, blocked })
    return { ...erp, ...crm.counts, ...counts }
  }

/** What the books lack while a document is blocked, beside its contract. */
const BOOKS = ['legalEntities', 'ledgerAccounts', 'accountRules', 'accountingPeriods', 'fxRates'] as const

const BLOCKED_BATCH_SIZE = 500

/** Tries again what could not be posted: whatever it lacked may have come. Also where nothing did, after a crash. */
async function postBlocked(systems: Systems): Promise<void> {
  let ids = await systems.blocked('', BLOCKED_BATCH_SIZE)
  // Ends: every batch begins after the last document of the one before.
  for (let last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
    await systems.post(await systems.documents(ids))
    ids = await systems.blocked(last, BLOCKED_BATCH_SIZE)
  }
}

/** The credit notes that have an effect: one that claims too much gives nothing back. */
function effective({ creditNotes, violations }: Documents): CreditNote[] {
  const refused = new Set(violations.map(({ documentId }) => documentId))
  return creditNotes.filter(({ id }) => !refused.has(id))
}
