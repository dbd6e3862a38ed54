/** A way to have CRM, billing and ERP do together what the story asks of them. */
import type { Held } from './judge.ts'
import type { Deal } from './story.ts'

/** What the payment processor tells of a payment. */
export interface Tiding {
  readonly type: string
  readonly data: {
    readonly customerId: string
    readonly minorUnits: string
    readonly invoice: string
    /** What the processor calls the payment. */
    readonly externalId: string
  }
}

export interface Way {
  /** Lets the days go by until the morning of this one. */
  readonly turnTo: (day: string) => Promise<void>
  readonly sell: (deal: Deal) => Promise<void>
  readonly upgrade: (deal: Deal) => Promise<void>
  /** The bill that the customer got first; undefined where nobody sent one. */
  readonly billOf: (deal: Deal) => Promise<string | undefined>
  readonly hear: (tiding: Tiding) => Promise<void>
  /** Ends all that works on it at once, and starts it again. */
  readonly cutPower: () => Promise<void>
  /** Waits until nothing goes on by itself any more. */
  readonly settle: () => Promise<void>
  /** Whether the processor may be asked to tell of all payments again. */
  readonly bearsRepetition: boolean
  readonly heldOf: (deal: Deal) => Promise<Held>
  /** Of how many things a person was told that they went wrong. */
  readonly told: () => Promise<number>
  readonly close: () => Promise<void>
}
