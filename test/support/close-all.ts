import { afterEach } from 'vitest'

import { closeAll } from './closing.ts'

afterEach(closeAll)
