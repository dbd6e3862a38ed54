/** A value that is made when it is first asked for, and then kept as long as the process lives. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
