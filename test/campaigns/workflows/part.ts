/** What the nodes of the workflows campaign are told, and the mines on which they step. */
import { existsSync, linkSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FollowingPart } from './following.ts'
import type { Order } from './orders.ts'
import type { OutsidePart } from './outside-billing.ts'
import type { Release } from './releases.ts'

/** What a node is told at its start. */
export interface Part {
  readonly databaseUrl: string
  /** Where it finds the store of ERP: somewhere else where that may go away by itself. */
  readonly erpUrl: string
  /** The folder of the mines. */
  readonly mines: string
  /** Workflows that it carries out at the same time. */
  readonly maxCarried: number
  /** The outside billing that it goes to and hears of; null where we master all ourselves. */
  readonly outside: OutsidePart | null
  /** How it follows events; null where nobody does. */
  readonly following: FollowingPart | null
  /** Of which release it is. */
  readonly release: Release
  /** The bug that is planted in it; null in the product as it is. */
  readonly bug: string | null
}

/** A person's agreement to what stands before a gate. */
export interface Agreement {
  readonly approvalId: string
  readonly workflowId: string
  readonly gate: string
}

/** What a node is asked, and what it answers. */
export type Asked = { readonly order: Order } | { readonly agreement: Agreement }
export interface Answered {
  readonly key: string
  /** Undefined where it could not be accepted, and of an agreement. */
  readonly workflowId?: string
  readonly refusal?: string
}

/** What happens to a node at a place: it is gone, or stopped until it is woken. */
export type Blow = 'SIGKILL' | 'SIGSTOP'

/** Lays a mine at a place where a node comes by; a later one at the same place waits until the first was hit. */
export function layMine(folder: string, place: string, blow: Blow): string {
  for (let ordinal = 1; ; ordinal += 1) {
    const file = fileOf(folder, place, ordinal)
    if (existsSync(file)) continue
    writeFileSync(file, blow)
    return file
  }
}

/** Has this process die, or stop, where a mine lies: each is hit by one node only. */
export function stepOn(folder: string, place: string): void {
  for (let ordinal = 1; ; ordinal += 1) {
    const file = fileOf(folder, place, ordinal)
    if (!existsSync(file)) return
    if (!take(file)) continue
    process.kill(process.pid, readFileSync(file, 'utf8'))
  }
}

/** Whoever links the hit first has the mine; it stays where it is, so that another may lie behind it. */
function take(file: string): boolean {
  try {
    linkSync(file, hitOf(file))
    return true
  } catch {
    return false
  }
}

const fileOf = (folder: string, place: string, ordinal: number): string =>
  join(folder, `${place.replaceAll('/', '+')} ${ordinal}`)

const hitOf = (file: string): string => `${file} hit`

/** When a mine was hit; undefined where nobody came by. */
export function hitAt(file: string): number | undefined {
  return existsSync(hitOf(file)) ? statSync(hitOf(file)).ctimeMs : undefined
}
