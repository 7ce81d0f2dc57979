/**
 * @file Generated changelogs: a unit is a release, its heading the version with its date, its lines the changes.
 */
import type { Random } from '../../src/random.ts';
import { capitalize, inventedName, nouns, verbs } from './words.ts';
import type { Field, Stated, Unit, World } from './world.ts';

const kindsOfChange = ['Fixed', 'Added', 'Removed', 'Changed', 'Improved'];
const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

export function releases(rng: Random, count: number, changes: number): World {
  const style = rng.pick(['## {v} - {d}', '## [{v}] - {d}', '# {v} ({d})', 'Version {v}, {d}', '## v{v} ({d})']);
  let [major, minor, patch] = [rng.integer(0, 4), rng.integer(0, 12), rng.integer(0, 9)];
  let day = rng.integer(10_000, 17_000);
  const field: Field = { name: 'change', kind: 'words', unit: '' };
  const made = Array.from({ length: count }, (): Unit => {
    const step = rng.next();
    if (step < 0.1) [major, minor, patch] = [major + 1, 0, 0];
    else if (step < 0.5) [minor, patch] = [minor + 1, 0];
    else patch += 1;
    day += rng.integer(1, 90);
    const version = `${major}.${minor}.${patch}`;
    const heading = style.replace('{v}', version).replace('{d}', isoDate(day));
    const lines = Array.from(
      { length: rng.integer(1, Math.max(1, changes)) },
      () =>
        `- ${rng.pick(kindsOfChange)} ${rng.pick(['the', 'a', 'every'])} ${rng.pick(nouns)} that ${rng.pick(verbs)} ${rng.pick(['the', 'a', 'no'])} ${rng.pick(nouns)}${rng.chance(0.3) ? ` of ${inventedName(rng)}` : ''}${rng.chance(0.3) ? ` (#${rng.integer(10, 9999)})` : ''}`,
    );
    const stated = new Map<string, Stated>([['release date', { line: heading, value: isoDate(day), number: day }]]);
    lines.forEach((line, i) => {
      stated.set(`change ${i + 1}`, { line, value: line.slice(2) });
    });
    return { name: version, heading, numbered: heading, fields: stated };
  });
  const units = rng.chance(0.8) ? made.reverse() : made;
  const body = units
    .map(
      ({ heading, fields }) =>
        `${heading}\n\n${[...fields]
          .slice(1)
          .map(([, { line }]) => line)
          .join('\n')}`,
    )
    .join('\n\n');
  return {
    text: `=== Document 1: ${capitalize(rng.pick(nouns))} changelog ===\n\n${body}`,
    noun: { one: 'release', many: 'releases' },
    fields: [
      { name: 'release date', kind: 'date', unit: '' },
      { ...field, name: 'change 1' },
      { ...field, name: 'change 2' },
    ],
    units,
  };
}
