/** The contender that knows no graph: a bare handler, one prepared statement, plain functions, JSON.stringify. */
import type { RequestListener } from 'node:http'
import pg from 'pg'
import { ageing, receivables } from '#domain/ageing.ts'
import type { DisputeStatus, InvoiceStatus, SubscriptionItem, SubscriptionStatus } from '#domain/billing.ts'
import type { CustomerStatus } from '#domain/crm.ts'
import type { ExternalRef } from '#domain/entity.ts'
import { formatAmount, sum } from '#domain/money.ts'
import { annualRecurringRevenue } from '#domain/recurring.ts'
import { standing } from '#domain/standing.ts'
import { systemClock, today } from '#platform/clock.ts'
import type { Jsonified } from '#platform/table.ts'
import { serveMeasured } from './server.ts'
import { STANDING_SQL } from './standing-sql.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly status: CustomerStatus
  readonly currency: string
  readonly owner: { readonly name: string; readonly email: string } | null
  readonly externalRefs: readonly Jsonified<ExternalRef>[]
  readonly parent: { readonly id: string; readonly name: string } | null
  readonly summary: {
    readonly active: number
    readonly suspended: number
    readonly nextEndDate: string | null
  }
  readonly credit: {
    readonly onHold: boolean
    readonly holdReason: string | null
    readonly limit: string | null
    readonly currency: string
  } | null
  readonly disputes: readonly {
    readonly status: DisputeStatus
    readonly amount: string
    readonly currency: string
  }[]
  readonly deferred: string
  readonly owed: readonly { readonly currency: string; readonly balance: string; readonly dueDate: string }[]
  readonly unapplied: readonly { readonly currency: string; readonly amount: string }[]
  readonly subscriptions: readonly {
    readonly status: SubscriptionStatus
    readonly items: readonly Jsonified<SubscriptionItem>[]
  }[]
  readonly contractCount: number
  readonly contracts: readonly ContractRow[]
  readonly invoices: readonly InvoiceRow[]
}

interface ContractRow {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly startDate: string
  readonly endDate: string
  readonly currency: string
  readonly totalContractValue: string
  readonly legalEntity: object
  readonly lines: readonly {
    readonly product: object
    readonly quantity: string
    readonly unitPrice: string
  }[]
  readonly schedules: readonly {
    readonly id: string
    readonly version: number
    readonly method: string
    readonly allocatedPrice: string
    readonly entries: readonly { readonly period: string; readonly amount: string; readonly status: string }[]
  }[]
}

interface InvoiceRow {
  readonly id: string
  readonly number: string
  readonly status: InvoiceStatus
  readonly issueDate: string
  readonly dueDate: string
  readonly currency: string
  readonly total: string
  readonly balance: string
  readonly payments: readonly {
    readonly id: string
    readonly status: string
    readonly amount: string
    readonly currency: string
  }[]
  readonly journalEntryId: string | null
}

const MAX_CONNECTIONS = 8
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: MAX_CONNECTIONS })

const handle: RequestListener = (request, response) => {
  const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('id') ?? ''
  answer(id).then(
    (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
}

async function answer(id: string): Promise<string> {
  const result = await pool.query<{ standing: Row }>({ name: 'standing', text: STANDING_SQL, values: [id] })
  const row = result.rows[0]?.standing
  return JSON.stringify({ data: { customer: row === undefined ? null : customer(row) } })
}

const money = (minorUnits: bigint, currency: string) => ({
  amount: formatAmount(minorUnits, currency),
  currency,
})

function customer(row: Row) {
  const { id, name, status, currency, owner, parent, externalRefs } = row
  const day = today(systemClock)
  const owed = receivablesOf(row, day)
  const own = owed.find((it) => it.currency === currency)
  const { level, reasons } = standing({
    today: day,
    customerStatus: status,
    receivables: owed,
    disputes: row.disputes.map((it) => ({
      status: it.status,
      amount: { minorUnits: BigInt(it.amount), currency: it.currency },
    })),
    credit: creditOf(row),
    contracts: {
      ...row.summary,
      nextEndDate: row.summary.nextEndDate === null ? null : Temporal.PlainDate.from(row.summary.nextEndDate),
    },
  })
  return {
    id,
    name,
    status,
    owner: owner === null ? null : { name: owner.name, email: owner.email },
    parent,
    externalRefs: externalRefs.map(({ system, instance, objectType, externalId }) => ({
      system,
      instance,
      objectType,
      externalId,
    })),
    standing: {
      level,
      reasons: reasons.map(({ code, message, amount }) => ({
        code,
        message,
        amount: amount === null ? null : money(amount.minorUnits, amount.currency),
      })),
      asOf: day.toString(),
    },
    receivables: {
      total: money(own?.total ?? 0n, currency),
      overdue: money(own?.overdue ?? 0n, currency),
      unappliedCash: money(own?.unappliedCash ?? 0n, currency),
      ageing: (own?.ageing ?? ageing([], day)).map(({ bucket, amount }) => ({
        bucket,
        amount: money(amount, currency),
      })),
    },
    annualRecurringRevenue: money(recurring(row, day), currency),
    deferredRevenue: money(BigInt(row.deferred), currency),
    contracts: { totalCount: row.contractCount, nodes: row.contracts.map(contract) },
    invoices: { nodes: row.invoices.map(invoice) },
  }
}

const receivablesOf = ({ owed, unapplied }: Row, day: Temporal.PlainDate) =>
  receivables(
    owed.map(({ currency, balance, dueDate }) => ({
      status: 'OPEN',
      currency,
      balance: BigInt(balance),
      dueDate: Temporal.PlainDate.from(dueDate),
    })),
    unapplied.map(({ currency, amount }) => ({ currency, unapplied: BigInt(amount) })),
    day,
  )

function creditOf({ credit }: Row) {
  if (credit === null) return null
  const { onHold, holdReason, limit, currency } = credit
  return { onHold, holdReason, limit: limit === null ? null : { minorUnits: BigInt(limit), currency } }
}

const recurring = ({ subscriptions }: Row, day: Temporal.PlainDate): bigint =>
  sum(
    subscriptions.map(({ status, items }) =>
      annualRecurringRevenue(
        {
          status,
          endedOn: null,
          items: items.map((item) => ({
            ...item,
            unitPrice: BigInt(item.unitPrice),
            startDate: Temporal.PlainDate.from(item.startDate),
            endDate: item.endDate === null ? null : Temporal.PlainDate.from(item.endDate),
          })),
        },
        day,
      ),
    ),
  )

function contract(row: ContractRow) {
  const { id, number, status, startDate, endDate, legalEntity, currency } = row
  return {
    id,
    number,
    status,
    startDate,
    endDate,
    totalContractValue: money(BigInt(row.totalContractValue), currency),
    legalEntity,
    lines: row.lines.map(({ product, quantity, unitPrice }) => ({
      product,
      quantity,
      unitPrice: money(BigInt(unitPrice), currency),
    })),
    revenueSchedules: row.schedules.map((schedule) => {
      const posted = schedule.entries.filter((entry) => entry.status === 'POSTED')
      const recognized = sum(posted.map((entry) => BigInt(entry.amount)))
      const allocated = BigInt(schedule.allocatedPrice)
      return {
        id: schedule.id,
        version: schedule.version,
        method: schedule.method,
        allocatedPrice: money(allocated, currency),
        recognized: money(recognized, currency),
        deferred: money(allocated - recognized, currency),
        entries: schedule.entries.map(({ period, amount, status: state }) => ({
          period,
          amount: money(BigInt(amount), currency),
          status: state,
        })),
      }
    }),
  }
}

function invoice(row: InvoiceRow) {
  const { id, number, status, issueDate, dueDate, currency, journalEntryId } = row
  return {
    id,
    number,
    status,
    issueDate,
    dueDate,
    total: money(BigInt(row.total), currency),
    balance: money(BigInt(row.balance), currency),
    payments: row.payments.map((payment) => ({
      id: payment.id,
      status: payment.status,
      amount: money(BigInt(payment.amount), payment.currency),
    })),
    posting: {
      status: journalEntryId === null ? 'NOT_REQUIRED' : 'POSTED',
      journalEntry: journalEntryId === null ? null : { id: journalEntryId },
    },
  }
}

serveMeasured(handle)
