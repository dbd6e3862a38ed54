const closing: (() => void)[] = []

/** Has something closed when the running test ends, or whoever else calls `closeAll`. */
export function closeLater(close: () => void): void {
  closing.push(close)
}

/** Closes all that was left to be closed. */
export function closeAll(): void {
  for (const close of closing.splice(0)) close()
}
