import { hash } from 'node:crypto'

/** Which of so many shares a key belongs to: the same for ever. */
export function shareOf(key: string, shares: number): number {
  return shares === 1 ? 0 : Number.parseInt(hash('sha256', key).slice(0, 8), 16) % shares
}
