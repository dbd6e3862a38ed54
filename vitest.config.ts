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
    // No test is about time: what it waits for may take long where the machine is slow or has other work.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
