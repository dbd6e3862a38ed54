import type { CreditNote, Dispute, Invoice, Payment, Refund } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Facts, RecordCounts, RecordFacts } from '#domain/facts.ts'

/** Billing documents as stored: what ERP posts. */
interface Documents {
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
}

/** The systems that own what facts are about. Each call is one transaction of that system. */
export interface Systems {
  readonly crm: (facts: Partial<Facts>) => Promise<{ counts: RecordCounts; contracts: readonly Contract[] }>
  readonly billing: (facts: Partial<Facts>) => Promise<{ counts: RecordCounts; touched: Documents }>
  readonly erp: (facts: Partial<Facts>) => Promise<RecordCounts>
  /** Posts what is not posted yet. */
  readonly post: (documents: Documents) => Promise<unknown>
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
  (systems: Systems): RecordFacts =>
  async (facts) => {
    const erp = await systems.erp(facts)
    const crm = await systems.crm(facts)
    const billing = await systems.billing(facts)
    await systems.post(billing.touched)
    await systems.schedule({ contracts: crm.contracts, ...billing.touched })
    return { ...erp, ...crm.counts, ...billing.counts }
  }
