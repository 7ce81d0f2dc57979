import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than the slowest machine has cores: tests wait for processes, sockets and timers.
    maxWorkers: 3,
    // Files of a worker share their modules: loading them anew for each took a third of the time. So no test may change what a
    // module keeps, nor the process.
    isolate: false,
    pool: 'forks',
    tags: [
      {
        name: 'long',
        description: 'Kills, whole trainings and walks over all documents: npm run check:long, not npm test.',
        timeout: 240_000,
      },
    ],
    // The colour libraries colour a CI's log unless told otherwise; a test must see the same text everywhere.
    env: { FORCE_COLOR: '1' },
  },
});
