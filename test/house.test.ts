/**
 * @file The plan of the house, read from the imports of `src` (types included): no circles, one direction, no room that nobody can survey.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.posix.join('src', file.replaceAll(path.sep, '/')));

/** `import ... from './x.ts'`, `export ... from`, `import './x.ts'`, `import('./x.ts')`. */
const imported = /(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g;

/** Files that each file imports; tests too, since a test that closes a circle shows one. */
const importsOf = new Map(
  sources.map((file): [string, string[]] => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const targets = [...text.matchAll(imported)].map(([, target = '']) =>
      path.posix.join(path.posix.dirname(file), target),
    );
    return [file, [...new Set(targets)].filter((target) => target.startsWith('src/') && target.endsWith('.ts'))];
  }),
);

/** The first circle that a walk from each file finds, as a list of files; undefined when there is none. */
function findCircle(): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of importsOf.get(file) ?? []) {
      const circle = visit(next);
      if (circle !== undefined) return circle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of sources) {
    const circle = visit(file);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

test('no file imports itself by way of others, types included', () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(findCircle()).toBeUndefined();
});

const upper = ['build', 'experiment', 'cli', 'server', 'studio'];
const rooms = [
  ...new Set(sources.filter((file) => file.split('/').length > 2).map((file) => file.split('/')[1] ?? '')),
];
const domain = rooms.filter((room) => !upper.includes(room));

/** What each room may not import, beside what the rooms above it are. */
const forbidden: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[] = [
  { from: domain, to: upper },
  { from: ['build', 'experiment', 'server', 'studio'], to: ['cli'] },
  { from: ['build', 'experiment', 'server'], to: ['studio'] },
  { from: ['build'], to: ['experiment'] },
  { from: ['rewards', 'tasks', 'samples', 'corpus', 'assignment', 'audit'], to: ['construction'] },
  { from: ['rewards', 'tasks', 'samples'], to: ['audit'] },
  { from: ['records'], to: domain.filter((room) => !['records', 'storage'].includes(room)) },
  { from: ['storage'], to: domain.filter((room) => room !== 'storage') },
];

/** Imports that go the wrong way and are known, with the reason. */
const roomOf = (file: string): string => file.split('/')[1] ?? '';
const isTest = (file: string): boolean => file.endsWith('.test.ts');

test('imports go down: no domain folder imports a build, an experiment, a command or a server', () => {
  const wrong = [...importsOf].flatMap(([file, targets]) =>
    targets
      .filter(() => !isTest(file))
      .filter((target) => forbidden.some(({ from, to }) => from.includes(roomOf(file)) && to.includes(roomOf(target))))
      .map((target) => `${file} > ${target}`),
  );
  expect(wrong).toEqual([]);
});

/** A folder with more source files than this cannot be taken in at a glance. */
const mostFiles = 20;
const knownSizes: Readonly<Record<string, string>> = {
  'src/construction/synthetic/readings': 'one generator a file; they are rebuilt as one kind with their solvers',
};

test(`no folder has more than ${mostFiles} source files`, () => {
  const counts = new Map<string, number>();
  for (const file of sources.filter((source) => !isTest(source)))
    counts.set(path.posix.dirname(file), (counts.get(path.posix.dirname(file)) ?? 0) + 1);
  const full = [...counts].filter(([folder, count]) => count > mostFiles && knownSizes[folder] === undefined);
  expect(full).toEqual([]);
});

/** The page of calls: kind of build, then one line a stop, `src/file.ts`: `name`. */
const page = readFileSync(path.join(root, 'docs', 'data-build-path.md'), 'utf8');
const kinds = page.split(/^## /m).slice(1);
const stopsOf = (text: string): (readonly [file: string, name: string])[] =>
  [...text.matchAll(/^\d+\. `([^`]+)`: `([^`]+)`/gm)].map(([, file = '', name = '']) => [file, name]);

/** A function, a constant that is one, or a method. */
const declares = (text: string, name: string): boolean =>
  new RegExp(`(?:function\\*? |const |async \\*?|^ {2}(?:async )?\\*?)${name}\\b\\s*[=(<:]`, 'm').test(text);

test('the path of `data build` names functions that stand where it says, in at most 20 stops', () => {
  const found = kinds.map((kind) => stopsOf(kind));
  expect(found.length).toBeGreaterThanOrEqual(5);
  for (const stops of found) {
    expect(stops.length).toBeGreaterThan(4);
    expect(stops.length).toBeLessThanOrEqual(20);
  }
  const wrong = found
    .flat()
    .filter(([file, name]) => !sources.includes(file) || !declares(readFileSync(path.join(root, file), 'utf8'), name));
  expect(wrong).toEqual([]);
});
