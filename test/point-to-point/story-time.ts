/** Loaded into a node before the product: its day is that of the story, and goes on from there. */
const now = Temporal.Now.instant.bind(Temporal.Now)
const shift = { milliseconds: Number(process.env['STORY_SHIFT_MS']) }
Object.defineProperty(Temporal.Now, 'instant', { value: () => now().add(shift) })
