/** @file README and docs, without running them: every example says what it is, every link and every file that is named is there. `check:artefact` runs them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatorsOf } from '../src/construction/questions/registry.ts';
import { taskIds } from '../src/tasks/index.ts';
import { commandLines } from './artefact/command-lines.ts';
import { documentedExamples, examplesOf, linksOf } from './artefact/examples.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = documentedExamples(root);
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
/** `npm run docs:api` makes it; `check:artefact` follows the links. */
const generated = 'docs/api/';
const textOf = (page: string): string => readFileSync(path.join(root, page), 'utf8');

test('every block is a shell’s, a program, a configuration or plain text; others say why they are not run', () => {
  const run = ['sh', 'ts', 'yaml', 'text'];
  const silent = examples.filter(
    ({ language, directives }) => !run.includes(language) && !directives.some(({ kind }) => kind === 'not run'),
  );
  expect(examples.length).toBeGreaterThan(40);
  expect(silent.map(({ place }) => place)).toEqual([]);
});

test('every word that leaves lines out stands in a line of its block', () => {
  const wrong = examples.flatMap(({ place, text, directives }) =>
    directives
      .filter(({ words }) => words !== undefined && !commandLines(text).some((line) => line.includes(words)))
      .map(({ words }) => `${place}: ${words}`),
  );
  expect(wrong).toEqual([]);
});

test('every link leads to a file, and every file of the sources that is named is there', () => {
  const missing = pages.flatMap((page) => {
    const text = textOf(page);
    const links = linksOf(text).map((target) => path.join(path.dirname(page), target));
    const named = [...text.matchAll(/`((?:src|test|docs|bench|examples|integrations)\/[\w./-]+)`/g)].map(
      ([, file = '']) => file,
    );
    return [...links, ...named]
      .filter((file) => !file.startsWith(generated) && !existsSync(path.join(root, file)))
      .map((file) => `${page}: ${file}`);
  });
  expect(missing).toEqual([]);
});

test('the index names every page', () => {
  const index = linksOf(textOf('docs/index.md'));
  const left = pages.filter(
    (page) => page.startsWith('docs/') && page !== 'docs/index.md' && !index.includes(path.basename(page)),
  );
  expect(left).toEqual([]);
});

test('README counts the generators that builds ask', () => {
  const asked = taskIds.flatMap((task) => generatorsOf(task));
  expect(textOf('README.md')).toContain(`${asked.length} generators over`);
});

test('a block is taken with what stands before it, blank lines or not', () => {
  const page = 'Words.\n\n<!-- by hand "b": slow -->\n<!-- not run: no -->\n\n```sh\na \\\n  --x\nb\n```\n';
  const [example] = examplesOf('page.md', page);
  expect(example).toMatchObject({ place: 'page.md:6', language: 'sh' });
  expect(example?.directives).toEqual([
    { kind: 'by hand', words: 'b', what: 'slow' },
    { kind: 'not run', words: undefined, what: 'no' },
  ]);
  expect(commandLines(example?.text ?? '')).toEqual(['a  --x', 'b']);
});
