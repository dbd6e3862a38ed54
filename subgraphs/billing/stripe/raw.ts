/** One outside object as it was last seen: whatever a mapping leaves out can be found here. */
export interface RawObject {
  readonly system: string
  readonly instance: string
  readonly objectType: string
  readonly externalId: string
  /** Time of observation in epoch milliseconds: Stripe gives its objects no version of their own. */
  readonly sourceVersion: bigint
  readonly observedAt: Temporal.Instant
  readonly payload: unknown
}

/** All outside objects of one kind in one installation of a system. */
export interface RawCollection {
  readonly system: string
  readonly instance: string
  readonly objectType: string
}

/** Keeps outside objects, one row each, and gives them back in pages. */
export interface RawStore {
  /** Inserts or overwrites; what is stored with a greater source version stays. */
  keep(objects: readonly RawObject[]): Promise<void>
  /** The next `limit` objects after `afterExternalId`, fewer at the end, by external id in one fixed collation. */
  read(
    collection: RawCollection,
    afterExternalId: string | null,
    limit: number,
  ): Promise<readonly RawObject[]>
}

export const RAW_PAGE_SIZE = 200
const MAX_RAW_PAGES = 100_000

/** Everything in a collection, page by page, so that no more than one page is in memory. */
export async function* readRaw(
  store: RawStore,
  collection: RawCollection,
): AsyncGenerator<readonly RawObject[]> {
  let after: string | null = null
  for (let page = 0; page < MAX_RAW_PAGES; page += 1) {
    const objects: readonly RawObject[] = await store.read(collection, after, RAW_PAGE_SIZE)
    if (objects.length > 0) yield objects
    if (objects.length < RAW_PAGE_SIZE) return
    after = objects.at(-1)?.externalId ?? null
  }
  throw new Error(`more than ${MAX_RAW_PAGES} pages of ${collection.objectType}`)
}
