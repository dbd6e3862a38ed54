import type { Ground } from '../events.ts'
import { changeCustomers, median } from './change.ts'

const ROUNDS = 20
const TRANSACTIONS = 40
const SIZES = [1, 100]

/** What the log costs a transaction that writes: with the trigger that hands events to the relay, and without. */
export async function measureWriter({ stores, say }: Ground): Promise<void> {
  const db = stores.of('crm')
  const run = async (size: number): Promise<number> => {
    const ids = Array.from({ length: size }, (_, index) => `cus_${index}`)
    const from = performance.now()
    for (let turn = 0; turn < TRANSACTIONS; turn += 1) await changeCustomers(db, ids, `name ${turn}`)
    return (performance.now() - from) / TRANSACTIONS
  }
  const within = async (state: 'ENABLE' | 'DISABLE', size: number): Promise<number> => {
    await stores.owner.rows({ text: `ALTER TABLE crm.event ${state} TRIGGER hand_to_relay`, values: [] })
    return run(size)
  }
  for (const size of SIZES) {
    await run(size)
    const [without, with_]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round += 1) {
      without.push(await within('DISABLE', size))
      with_.push(await within('ENABLE', size))
      // What the relay takes out as it goes.
      await stores.owner.rows({ text: 'TRUNCATE crm.outbox', values: [] })
    }
    const [a, b] = [median(without), median(with_)]
    say(
      `a transaction that changes ${size}: ${a.toFixed(2)} ms without the log, ${b.toFixed(2)} ms with it, ` +
        `ratio ${(b / a).toFixed(2)}`,
    )
  }
}
