import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/match-temporal.ts', 'test/support/close-all.ts'],
    // Tests run as the product does, by Node's own type stripping: one copy of graphql, no transformed code.
    experimental: { viteModuleRunner: false },
    // They share one PostgreSQL with its 200 connections. The default leaves half of a machine of two cores idle.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // What a test waits for may take its time where the machine has other work.
    expect: { poll: { timeout: 10_000 } },
  },
})
