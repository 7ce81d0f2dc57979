import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // The colour libraries colour a CI's log unless told otherwise; a test must see the same text everywhere.
    env: { FORCE_COLOR: '1' },
  },
});
