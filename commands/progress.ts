/** Shows how far a task is. */
export interface ProgressBar {
  readonly show: (done: number, label?: string) => void
  readonly end: (summary: string) => void
}

const BAR_CHARACTERS = 30
/** Without a terminal, one line for each of this many parts. */
const PARTS_WITHOUT_TERMINAL = 5

/** A bar that is drawn over itself on a terminal, and a few plain lines elsewhere. `total` null: not known. */
export function progressBar(title: string, total: number | null, output = process.stdout): ProgressBar {
  let shownPart = 0
  const draw = output.isTTY
    ? (text: string) => void output.write(`\r\u001B[2K${text}`)
    : (text: string, part: number) => {
        if (part > shownPart) output.write(`${text}\n`)
        shownPart = Math.max(part, shownPart)
      }
  return {
    show: (done, label = '') => {
      const share = total === null || total === 0 ? 0 : done / total
      draw(
        `${title} ${bar(share, total)} ${count(done, total)} ${label}`.trimEnd(),
        Math.floor(share * PARTS_WITHOUT_TERMINAL),
      )
    },
    end: (summary) => {
      output.write(`${output.isTTY ? '\r\u001B[2K' : ''}${summary}\n`)
    },
  }
}

const bar = (share: number, total: number | null): string =>
  total === null ? '' : `[${'#'.repeat(Math.round(share * BAR_CHARACTERS)).padEnd(BAR_CHARACTERS, '.')}]`

const count = (done: number, total: number | null): string =>
  total === null ? `${done}` : `${done}/${total}`
