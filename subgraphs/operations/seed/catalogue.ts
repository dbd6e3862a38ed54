/** What the company sells, and its list prices in the three currencies. */
import type { PriceFact, PriceTier, ProductFact } from '#domain/billing.ts'
import type { Interval } from '#domain/entity.ts'
import { References } from './references.ts'

const CURRENCIES = ['USD', 'EUR', 'JPY'] as const
export type Currency = (typeof CURRENCIES)[number]

export const MONTHLY: Interval = { unit: 'MONTH', count: 1 }
export const QUARTERLY: Interval = { unit: 'MONTH', count: 3 }
export const ANNUAL: Interval = { unit: 'YEAR', count: 1 }

/** How often a recurring price is charged, and how many monthly prices that costs: a year is sold as ten months. */
const BILLING_INTERVALS = [
  { name: 'monthly', interval: MONTHLY, months: 1n },
  { name: 'quarterly', interval: QUARTERLY, months: 3n },
  { name: 'annual', interval: ANNUAL, months: 10n },
] as const

export type Family = 'PLATFORM' | 'SEATS' | 'ADD_ON' | 'USAGE' | 'SUPPORT' | 'SERVICES'

export interface Offering {
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly family: Family
  /** List price in minor units: for one unit and month, or once for services. */
  readonly list: Readonly<Record<Currency, bigint>>
}

/** Dollars and euros in whole units, yen as they are: list prices have no cents. */
const list = (dollars: bigint, euros: bigint, yen: bigint) => ({
  USD: dollars * 100n,
  EUR: euros * 100n,
  JPY: yen,
})

export const OFFERINGS = {
  starter: {
    sku: 'PLAT-STARTER',
    name: 'Platform Starter',
    description: 'Platform for one team, business-day support',
    family: 'PLATFORM',
    list: list(490n, 450n, 75_000n),
  },
  growth: {
    sku: 'PLAT-GROWTH',
    name: 'Platform Growth',
    description: 'Platform for several departments, with single sign-on',
    family: 'PLATFORM',
    list: list(1_490n, 1_370n, 225_000n),
  },
  enterprise: {
    sku: 'PLAT-ENTERPRISE',
    name: 'Platform Enterprise',
    description: 'Platform for a group of companies, with audit trail and own keys',
    family: 'PLATFORM',
    list: list(4_900n, 4_500n, 740_000n),
  },
  seat: {
    sku: 'SEAT-STANDARD',
    name: 'Standard Seat',
    description: 'One named user',
    family: 'SEATS',
    list: list(29n, 27n, 4_400n),
  },
  analystSeat: {
    sku: 'SEAT-ANALYST',
    name: 'Analyst Seat',
    description: 'One named user who builds reports',
    family: 'SEATS',
    list: list(79n, 73n, 11_900n),
  },
  analytics: {
    sku: 'ADDON-ANALYTICS',
    name: 'Advanced Analytics',
    description: 'Forecasts and cohorts',
    family: 'ADD_ON',
    list: list(390n, 360n, 59_000n),
  },
  sandbox: {
    sku: 'ADDON-SANDBOX',
    name: 'Sandbox',
    description: 'Second environment for tests and training',
    family: 'ADD_ON',
    list: list(250n, 230n, 38_000n),
  },
  events: {
    sku: 'USAGE-EVENTS',
    name: 'Event Volume',
    description: 'Processed events: committed volume in advance, more in arrears; the unit is 1,000 events',
    family: 'USAGE',
    list: list(2n, 2n, 300n),
  },
  support: {
    sku: 'SUPPORT-PREMIER',
    name: 'Premier Support',
    description: 'Support around the clock with a named engineer',
    family: 'SUPPORT',
    list: list(650n, 600n, 98_000n),
  },
  onboarding: {
    sku: 'SERV-ONBOARDING',
    name: 'Onboarding',
    description: 'Set-up and data migration in the first weeks',
    family: 'SERVICES',
    list: list(3_500n, 3_200n, 530_000n),
  },
  training: {
    sku: 'SERV-TRAINING',
    name: 'Training Day',
    description: 'One day of training for up to twelve people',
    family: 'SERVICES',
    list: list(1_800n, 1_650n, 270_000n),
  },
} as const satisfies Record<string, Offering>

export type OfferingName = keyof typeof OFFERINGS

/** Tax codes of the billing system: business software as a service, and services. */
const SOFTWARE_TAX_CODE = 'txcd_10103001'
const SERVICES_TAX_CODE = 'txcd_20030000'

const NAMES = Object.keys(OFFERINGS) as OfferingName[]
const PRICES_PER_CURRENCY = BILLING_INTERVALS.length + 1

/** The products of the catalogue. */
export function products(seed: number): ProductFact[] {
  return NAMES.map((name) => {
    const { sku, name: title, description, family } = OFFERINGS[name]
    return {
      ...new References(seed).nth('product', productOrdinal(name)),
      sku,
      name: title,
      description,
      family,
      taxCode: family === 'SERVICES' ? SERVICES_TAX_CODE : SOFTWARE_TAX_CODE,
      active: true,
    }
  })
}

/** The list prices of the catalogue: each interval and currency of what recurs, one per currency of what does not. */
export function prices(seed: number): PriceFact[] {
  return NAMES.flatMap((name) =>
    CURRENCIES.flatMap((currency) =>
      isOneTime(name) ? [oneTimePrice(seed, name, currency)] : recurringPrices(seed, name, currency),
    ),
  )
}

/** Whether an offering is charged once, as services are. */
export function isOneTime(name: OfferingName): boolean {
  return OFFERINGS[name].family === 'SERVICES'
}

/** What one unit of an offering lists at for an interval (null: once), minor units. */
export function listPrice(name: OfferingName, currency: Currency, interval: Interval | null): bigint {
  const row = BILLING_INTERVALS.find((candidate) => candidate.interval === interval)
  return OFFERINGS[name].list[currency] * (row?.months ?? 1n)
}

/** The id of an offering's product. */
export function productId(seed: number, name: OfferingName): string {
  return new References(seed).idOf('product', productOrdinal(name))
}

/** The id of the list price that an interval (null: once) is sold at. */
export function priceId(
  seed: number,
  name: OfferingName,
  currency: Currency,
  interval: Interval | null,
): string {
  return new References(seed).idOf('price', priceOrdinal(name, currency, interval))
}

function recurringPrices(seed: number, name: OfferingName, currency: Currency): PriceFact[] {
  const licensed = BILLING_INTERVALS.map(({ name: nickname, interval }): PriceFact => ({
    ...flatPrice(seed, name, currency, interval),
    nickname: `${OFFERINGS[name].name}, ${nickname}`,
  }))
  return name === 'events' ? [...licensed, meteredPrice(seed, currency)] : licensed
}

function oneTimePrice(seed: number, name: OfferingName, currency: Currency): PriceFact {
  return { ...flatPrice(seed, name, currency, null), nickname: null }
}

function flatPrice(
  seed: number,
  name: OfferingName,
  currency: Currency,
  interval: Interval | null,
): Omit<PriceFact, 'nickname'> {
  return {
    ...new References(seed).nth('price', priceOrdinal(name, currency, interval)),
    productId: productId(seed, name),
    currency,
    unitAmount: String(listPrice(name, currency, interval)),
    interval,
    usage: 'LICENSED',
    tiersMode: null,
    tiers: [],
    active: true,
  }
}

/** Volume above the commitment, billed in arrears: the first thousand units at list price, further ones at 80%. */
function meteredPrice(seed: number, currency: Currency): PriceFact {
  const unit = OFFERINGS.events.list[currency]
  const tiers: PriceTier[] = [
    { upTo: '1000', unitAmount: String(unit), flatAmount: 0n },
    { upTo: null, unitAmount: String((unit * 80n) / 100n), flatAmount: 0n },
  ]
  return {
    ...flatPrice(seed, 'events', currency, MONTHLY),
    ...new References(seed).nth('price', meteredPriceOrdinal(currency)),
    nickname: 'Event Volume, above the commitment',
    unitAmount: null,
    usage: 'METERED',
    tiersMode: 'GRADUATED',
    tiers,
  }
}

function productOrdinal(name: OfferingName): number {
  return NAMES.indexOf(name)
}

function priceOrdinal(name: OfferingName, currency: Currency, interval: Interval | null): number {
  const row = productOrdinal(name) * CURRENCIES.length + CURRENCIES.indexOf(currency)
  return (
    row * PRICES_PER_CURRENCY +
    BILLING_INTERVALS.findIndex((candidate) => candidate.interval === interval) +
    1
  )
}

/** Metered prices are numbered after all others. */
function meteredPriceOrdinal(currency: Currency): number {
  return NAMES.length * CURRENCIES.length * PRICES_PER_CURRENCY + CURRENCIES.indexOf(currency)
}
