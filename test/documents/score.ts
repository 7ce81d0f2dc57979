/**
 * @file `npm run check:documents -- [FOLDER] [--verbose] [--only KIND] [--source CHECKOUT]`: what the reader finds in labelled documents,
 * against what a careful reader says is in them. Exits with 1 below the precision or recall that is asked for, and for a wrong speaker.
 */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { textTable } from '../../src/text-table.ts';
import { type Mark, precisionOf, recallOf, type Tally, tallyOf } from './marks.ts';
import { type DocumentScore, scoreDocuments } from './score-documents.ts';

/** What every kind of fact has to reach. */
const least = { precision: 0.95, recall: 0.85 };

/** Kinds that are shown and not asked for: parts of facts, and what the issue sets no figure for. */
const shownOnly = new Set([
  'turn times',
  'directions',
  'reference targets',
  'quotation speakers',
  'language',
  'kind of document',
]);

const share = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(3));

const fails = (tally: Tally): boolean =>
  (precisionOf(tally) ?? 1) < least.precision || (recallOf(tally) ?? 1) < least.recall || tally.wrongSpeakers > 0;

const rowOf = (name: string, tally: Tally): string[] => [
  name,
  ...[tally.labelled, tally.found, tally.right].map(String),
  share(precisionOf(tally)),
  share(recallOf(tally)),
  tally.wrongSpeakers > 0 ? `${tally.wrongSpeakers} WRONG SPEAKERS` : fails(tally) ? 'below' : '',
];
const head = (of: string): string[] => [of, 'labelled', 'found', 'right', 'precision', 'recall', ''];

type Keyed = Mark & { readonly file: string; readonly format: string; readonly language: string };

const table = (of: string, marks: readonly Keyed[], keyOf: (mark: Keyed) => string): string => {
  const keys = [...new Set(marks.map(keyOf))];
  return textTable(
    [head(of), ...keys.map((key) => rowOf(key, tallyOf(marks.filter((mark) => keyOf(mark) === key))))],
    [0, 6],
  );
};

const cross = (mark: Keyed, of: string): string => `${mark.kind}, ${of}`;

/** Documents by how much is wrong in them, worst first. */
function worstLines(scores: readonly DocumentScore[], marks: readonly Keyed[]): string[] {
  return scores
    .map(({ file, refusals }) => {
      const own = marks.filter((mark) => mark.file === file && mark.kind !== 'cells' && mark.outcome !== 'right');
      const kinds = [...new Set(own.map(({ kind }) => kind))].map(
        (kind) => `${kind} ${own.filter((mark) => mark.kind === kind).length}`,
      );
      const refused = refusals.length === 0 ? '' : ` (NOT READ: ${[...new Set(refusals)].join('; ').slice(0, 200)})`;
      return { wrong: own.length, line: `  ${String(own.length).padStart(3)}  ${file}: ${kinds.join(', ')}${refused}` };
    })
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.wrong - a.wrong)
    .map(({ line }) => line);
}

const wording = { right: 'right', miss: 'MISS', alarm: 'FALSE', 'wrong-speaker': 'WRONG SPEAKER' };

function print(scores: readonly DocumentScore[], only: string | undefined, verbose: boolean): boolean {
  const marks = scores
    .flatMap(({ marks: own, file, format, language }) => own.map((mark) => ({ ...mark, file, format, language })))
    .filter(({ kind }) => only === undefined || kind.includes(only));
  const say = (text: string): void => void process.stdout.write(`${text}\n\n`);
  if (verbose) {
    const wrong = marks.filter(({ outcome }) => outcome !== 'right');
    say(wrong.map(({ file, kind, outcome, what }) => `${file}  ${kind}  ${wording[outcome]}  ${what}`).join('\n'));
  }
  say(table('by format', marks, (mark) => cross(mark, mark.format)));
  say(table('by language', marks, (mark) => cross(mark, mark.language)));
  say(`Documents by things wrong in them:\n${worstLines(scores, marks).join('\n')}`);
  say(`${scores.length} documents\n\n${table('kind of fact', marks, ({ kind }) => kind)}`);
  const kinds = [...new Set(marks.map(({ kind }) => kind))].filter((kind) => !shownOnly.has(kind));
  const below = kinds.filter((kind) => fails(tallyOf(marks.filter((mark) => mark.kind === kind))));
  const wrongSpeakers = tallyOf(marks).wrongSpeakers;
  say(
    `Wanted: precision ${least.precision}, recall ${least.recall}, no wrong speaker. Below: ${below.join(', ') || 'none'}; wrong speakers: ${wrongSpeakers}.`,
  );
  return below.length === 0 && wrongSpeakers === 0;
}

const here = path.dirname(fileURLToPath(import.meta.url));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { verbose: { type: 'boolean' }, only: { type: 'string' }, source: { type: 'string' } },
  });
  const folder = positionals[0] ?? path.join(here, 'set');
  const scores = await scoreDocuments(folder, values.source ?? path.join(here, '../..'));
  process.exitCode = print(scores, values.only, values.verbose === true) ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
