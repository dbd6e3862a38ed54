/** How files are laid out: their place, their size, how they open, and what must not stand in any of them. */
import { isOurCode, matches } from './rule.ts'
import type { Rule } from './rule.ts'
import type { Source } from './source.ts'

const maxLineLength = 120
const maxFileLines = 400
const maxFolderDepth = 3
const minReasonLength = 20
/** Tests whose subject is where folders lie: the rule's own examples, and the launcher's choice of a place. */
const aboutMachines = /^test\/(style|postgres)\//

/** The rules over a file's place and text. */
export const layoutRules: readonly Rule[] = [
  {
    id: 'index-file',
    instead: 'name the file after what it holds',
    find: ({ path }) => (/(^|\/)index\.[a-z]+$/.test(path) ? [0] : []),
  },
  {
    id: 'barrel',
    instead: 'import from the file that defines it',
    find: (source) => (isBarrel(source) ? [0] : []),
  },
  {
    id: 'folder-depth',
    instead: `keep at most ${maxFolderDepth} folders above a file`,
    find: ({ path }) => (path.split('/').length - 1 > maxFolderDepth ? [0] : []),
  },
  {
    id: 'long-line',
    instead: `break it: at most ${maxLineLength} characters`,
    find: ({ path, text }) =>
      hasLimits(path) ? matches(text, new RegExp(`^.{${maxLineLength + 1},}$`, 'gm')) : [],
  },
  {
    id: 'long-file',
    instead: `split it by what it does: at most ${maxFileLines} lines`,
    find: ({ path, text }) =>
      hasLimits(path) && text.trimEnd().split('\n').length > maxFileLines ? [0] : [],
  },
  {
    id: 'migration-reason',
    instead: 'open it with one line, `-- why this change is made`',
    find: ({ path, text }) =>
      path.endsWith('.sql') && !new RegExp(`^-- \\S.{${minReasonLength - 1},}\\n(?!--)`).test(text)
        ? [0]
        : [],
  },
  {
    id: 'machine-path',
    instead: 'take the folder from the configuration or from import.meta.url',
    find: ({ path, text }) =>
      aboutMachines.test(path) ? [] : matches(text, /(?<![\w.}-])\/(root|home|work|Users)\/[\w.]/g),
  },
]

function hasLimits(path: string): boolean {
  return isOurCode(path) || path.endsWith('.sql')
}

function isBarrel({ body }: Source): boolean {
  const onwards = body.filter(({ type }) => type.startsWith('Export'))
  return (
    onwards.length > 0 &&
    body.every((node) => {
      if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return true
      return node.type === 'ExportNamedDeclaration' && node.declaration === null
    })
  )
}
