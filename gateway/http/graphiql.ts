import { createRequire } from 'node:module'

/** A document that GraphiQL opens in a tab of its own. */
export interface Example {
  readonly name: string
  readonly document: string
  /** JSON. */
  readonly variables?: string
}

/** A file of the GraphiQL page. */
interface Asset {
  readonly contentType: string
  readonly body: string
}

/** Looks up the files of the GraphiQL page by their paths. */
export interface GraphiQL {
  readonly page: string
  asset(path: string): Asset | undefined
}

const TITLE = 'Revgraph'
const JAVASCRIPT = 'text/javascript; charset=utf-8'
const FOLDER = '/graphiql/'

/**
 * Nothing is loaded from anywhere else, and no script of the page is inline. The editor sets its own style elements
 * and keeps its fonts and cursors in data URLs.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${TITLE}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${FOLDER}app.css" />
    <style>body { overflow: hidden }</style>
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
    <script src="${FOLDER}app.js"></script>
    <script src="${FOLDER}start.js"></script>
  </body>
</html>
`

/** The parts of the bundle: a script that defines YogaGraphiQL, its styles, and the editor's workers. */
interface Bundle {
  readonly js: string
  readonly css: string
  readonly editorWorkerService: string
  readonly jsonWorker: string
  readonly graphqlWorker: string
}

/** Prepares the page. Its nine megabytes are loaded from node_modules when the first browser asks for them. */
export function createGraphiQL(endpoint: string, examples: readonly Example[]): GraphiQL {
  let bundle: Bundle | undefined
  return {
    page: PAGE,
    asset(path) {
      if (path === `${FOLDER}start.js`)
        return { contentType: JAVASCRIPT, body: startScript(endpoint, examples) }
      const file = files.get(path)
      if (!file) return undefined
      bundle ??= loadBundle()
      return { contentType: file.contentType, body: bundle[file.part] }
    },
  }
}

const files = new Map<string, { part: keyof Bundle; contentType: string }>([
  [`${FOLDER}app.js`, { part: 'js', contentType: JAVASCRIPT }],
  [`${FOLDER}app.css`, { part: 'css', contentType: 'text/css; charset=utf-8' }],
  [`${FOLDER}editor.js`, { part: 'editorWorkerService', contentType: JAVASCRIPT }],
  [`${FOLDER}json.js`, { part: 'jsonWorker', contentType: JAVASCRIPT }],
  [`${FOLDER}graphql.js`, { part: 'graphqlWorker', contentType: JAVASCRIPT }],
])

/** The package exports a page with everything inline; its parts lie beside that entry point. */
function loadBundle(): Bundle {
  const requireBesideEntry = createRequire(import.meta.resolve('@graphql-yoga/render-graphiql'))
  return requireBesideEntry('./graphiql.js') as Bundle
}

function startScript(endpoint: string, examples: readonly Example[]): string {
  const options = {
    title: TITLE,
    endpoint,
    // Subscriptions too, which it asks for as server-sent events: by GET a long document would not fit.
    method: 'POST',
    defaultTabs: examples.map(({ document, variables }) => ({
      query: document,
      variables: variables ?? null,
    })),
  }
  const first = { query: examples[0]?.document, variables: examples[0]?.variables }
  return `const workers = { editorWorkerService: 'editor', json: 'json', graphql: 'graphql' }
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => \`${FOLDER}\${workers[label] ?? 'editor'}.js\`,
}
// The open tab does not take its variables from where the other tabs have theirs; a returning visitor has own ones.
const opened = localStorage.getItem('graphiql:tabState') ? {} : ${JSON.stringify(first)}
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), { ...${JSON.stringify(options)}, ...opened })
`
}
