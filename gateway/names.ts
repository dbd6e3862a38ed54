/**
 * Response keys and variable names that clients choose are property names in here and in the subgraphs. Some are
 * not safe as such (`__proto__`, `constructor`), and some are taken by the plan (`__typename`, `representations`,
 * `_proof`). These travel under another name and get their own back in the answer.
 */
const PREFIX = '_client_'

/** The key of the field that shows whether an object exists. */
export const PROOF_KEY = '_proof'

const TAKEN: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  PROOF_KEY,
  'representations',
])

/** The name under which a client's name travels. */
export function innerName(name: string): string {
  return name.startsWith('__') || name.startsWith(PREFIX) || TAKEN.has(name) ? PREFIX + name : name
}

/** The name under which a client's name travels where it would be taken for another one. */
export function clashlessName(name: string): string {
  return PREFIX + name
}

/** The client's own name again: the inverse of `innerName` and of `clashlessName`. */
export function clientName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name
}

/** The name under which a client's name has travelled in an object. */
export function keyIn(object: object, name: string | number): string {
  const clashless = clashlessName(String(name))
  return Object.hasOwn(object, clashless) ? clashless : String(name)
}
