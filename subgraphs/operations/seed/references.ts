/** What the seeded company's three systems call their objects, and the canonical ids that follow. */
import type { ExternalRef, Fact } from '#domain/entity.ts'
import { canonicalId } from '#platform/ids.ts'
import type { IdKind } from '#platform/ids.ts'

interface Source {
  readonly system: 'salesforce' | 'stripe' | 'netsuite'
  readonly objectType: string
  /** How the system's ids of that type begin; NetSuite's are plain numbers. */
  readonly prefix: string
}

const crm = (objectType: string, prefix: string): Source => ({ system: 'salesforce', objectType, prefix })
const billing = (objectType: string, prefix: string): Source => ({ system: 'stripe', objectType, prefix })
const erp = (objectType: string): Source => ({ system: 'netsuite', objectType, prefix: '' })

/** Where the objects of a kind live; the first system gave the canonical id. */
const SOURCES = {
  customer: [crm('Account', '001'), billing('customer', 'cus_'), erp('customer')],
  contact: [crm('Contact', '003')],
  opportunity: [crm('Opportunity', '006')],
  quote: [crm('Quote', '0Q0')],
  contract: [crm('Contract', '800')],
  contractLine: [crm('ContractLineItem', '811')],
  amendment: [crm('Amendment__c', 'a01')],
  product: [billing('product', 'prod_'), crm('Product2', '01t'), erp('serviceSaleItem')],
  price: [billing('price', 'price_')],
  subscription: [billing('subscription', 'sub_')],
  subscriptionItem: [billing('subscription_item', 'si_')],
  invoice: [billing('invoice', 'in_')],
  invoiceLine: [billing('line_item', 'il_')],
  creditNote: [billing('credit_note', 'cn_')],
  creditNoteLine: [billing('credit_note_line_item', 'cnli_')],
  payment: [billing('payment_intent', 'pi_')],
  allocation: [billing('invoice_payment', 'inpay_')],
  refund: [billing('refund', 're_')],
  dispute: [billing('dispute', 'du_')],
  usage: [billing('billing.meter_event', 'mtre_')],
  dunning: [billing('dunning', 'dun_')],
  legalEntity: [erp('subsidiary')],
  ledgerAccount: [erp('account')],
  accountRule: [erp('accountRule')],
  accountingPeriod: [erp('accountingPeriod')],
  fxRate: [erp('currencyRate')],
  creditProfile: [erp('customerCredit')],
} as const satisfies Partial<Record<IdKind, readonly [Source, ...Source[]]>>

export type SeededKind = keyof typeof SOURCES

/** Objects that belong to no customer count from here on, so that they never meet a customer's. */
const COMPANY_OWNER = 0
const OBJECTS_PER_OWNER = 100_000

/**
 * Names the objects of one owner (a customer by its index, or the company itself) one after another; the same
 * calls in the same order always give the same ids.
 */
export class References {
  readonly seed: number
  readonly #instance: string
  readonly #owner: number
  readonly #counts = new Map<SeededKind, number>()

  constructor(seed: number, customerIndex?: number) {
    this.seed = seed
    this.#instance = `seed-${seed}`
    this.#owner = customerIndex === undefined ? COMPANY_OWNER : customerIndex + 1
  }

  /** The owner's next object of a kind: its id and what its systems call it. */
  next(kind: SeededKind): Fact {
    return this.nth(kind, this.#count(kind))
  }

  /** The id of the owner's next object of a kind, for parts that carry no references of their own. */
  nextId(kind: SeededKind): string {
    return this.idOf(kind, this.#count(kind))
  }

  /** The owner's object number `ordinal` of a kind, which may be named before or after it is made. */
  nth(kind: SeededKind, ordinal: number): Fact {
    return {
      id: this.idOf(kind, ordinal),
      externalRefs: SOURCES[kind].map((source) => this.#ref(source, ordinal)),
    }
  }

  /** The id alone of the owner's object number `ordinal` of a kind. */
  idOf(kind: SeededKind, ordinal: number): string {
    const source = SOURCES[kind][0]
    return canonicalId(
      kind,
      source.system,
      this.#instance,
      source.objectType,
      this.#externalId(source, ordinal),
    )
  }

  #count(kind: SeededKind): number {
    const count = this.#counts.get(kind) ?? 0
    this.#counts.set(kind, count + 1)
    return count
  }

  #ref(source: Source, ordinal: number): ExternalRef {
    return {
      system: source.system,
      instance: this.#instance,
      objectType: source.objectType,
      externalId: this.#externalId(source, ordinal),
      url: null,
      sourceVersion: 1n,
    }
  }

  #externalId({ system, prefix }: Source, ordinal: number): string {
    if (system === 'netsuite') return String(this.#owner * OBJECTS_PER_OWNER + ordinal)
    const filler = system === 'salesforce' ? 'Kx0000' : '1Kx'
    return `${prefix}${filler}${digits(this.#owner, 5)}${digits(ordinal, 4)}`
  }
}

/** A number in base 36 with leading zeros, as the systems' own ids look. */
function digits(value: number, width: number): string {
  return value.toString(36).toUpperCase().padStart(width, '0')
}
