import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import type { TaskId } from '../../tasks/task.ts';
import { readingGenerators } from '../synthetic/readings/registry.ts';
import { openPlaces } from './draw-place.ts';
import type { MixturePlace } from './mixture.ts';

test('dialogue generators make over 50 turns and 30K tokens, and every one is marked as composed', () => {
  const dialogues = readingGenerators.filter(({ kind }) => kind === 'dialogue');
  const tasks: TaskId[] = [...new Set(dialogues.map(({ task }) => task))];
  const places = tasks.flatMap((task) =>
    Array.from(
      { length: 5 },
      (_, index): MixturePlace => ({ task, tokens: 40_000, split: 'train', index, probe: true }),
    ),
  );
  const { draw } = openPlaces({ documents: packagedDocuments(), seed: 1, purpose: 'dialogues', places });
  const samples = places.flatMap((_, number) => draw(number).sample ?? []);
  const spoken = samples.filter(({ provenance }) => dialogues.some(({ id }) => id === provenance.generator));
  expect(new Set(spoken.map(({ task }) => task))).toEqual(new Set(tasks));
  for (const { prompt, tokens, provenance } of spoken) {
    expect(prompt.match(/^\[T\d+\] /gm)?.length, provenance.generator).toBeGreaterThan(50);
    expect(tokens).toBeGreaterThan(30_000);
    expect(provenance.composed, provenance.generator).toBe(true);
  }
});
