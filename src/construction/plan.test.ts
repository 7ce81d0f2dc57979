import { expect, test } from 'vitest';
import { planBuild } from './plan.ts';

test('the default plan is three hundred short samples a task and five long ones in each bin', () => {
  expect(planBuild({})).toEqual({
    short: { train: 300, heldout: 60 },
    long: { train: 4, heldout: 1 },
    bins: [8, 16, 32, 64, 128],
    samples: 2700 + 540 + 225,
  });
});

test.each([
  [9, [8], { train: 1, heldout: 0 }],
  [26, [8, 16], { train: 1, heldout: 0 }],
  [45, [8, 16, 32, 64, 128], { train: 1, heldout: 0 }],
  [89, [8, 16, 32, 64, 128], { train: 1, heldout: 0 }],
  [90, [8, 16, 32, 64, 128], { train: 1, heldout: 1 }],
  [450, [8, 16, 32, 64, 128], { train: 8, heldout: 2 }],
])('%i long samples are never exceeded', (samples, bins, long) => {
  const plan = planBuild({ short: false, long: { samples } });
  expect(plan).toMatchObject({ bins, long });
  expect(plan.samples).toBeLessThanOrEqual(samples);
});

test('short samples come in whole rows of nine, and a rendering left out has none', () => {
  const plan = planBuild({ short: { train: 100, heldout: 17 }, long: false });
  expect(plan).toEqual({ short: { train: 11, heldout: 1 }, long: { train: 0, heldout: 0 }, bins: [], samples: 108 });
});

test('a dossier of too few records is refused', () => {
  expect(() => planBuild({ short: { recordsMin: 3 } })).toThrow(/got 3 to 8, expected 4 <= recordsMin/);
});
