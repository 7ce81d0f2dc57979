/**
 * @file `npm run check:questions -- [--generator ID[,ID]] [--samples 1000] [--docs FOLDER[,FOLDER]] [--lengths N[,N]] [--seconds N] [--journal FILE]
 * [--markdown FILE]`: golds against a second implementation of each generator's program, over the packaged corpora or the documents of some
 * folders (`packaged` names the corpora among them), as many samples as there are up to the number. The journal has a line of each
 * generator that is done; those of an earlier run are not drawn again. Exits with 1 where one disagrees.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Library } from '../../src/construction/questions/library.ts';
import { questionGenerators } from '../../src/construction/questions/registry.ts';
import { loadCorpus } from '../../src/corpus/load-corpus.ts';
import { selectOwnDocuments } from '../../src/corpus/own-documents.ts';
import { textTable } from '../../src/text-table.ts';
import { drawSamples, judge, librariesOf, type Tally, tallyOf, usualLengths, type Verdict } from './check-generator.ts';

const { values } = parseArgs({
  options: {
    generator: { type: 'string' },
    samples: { type: 'string', default: '1000' },
    docs: { type: 'string' },
    lengths: { type: 'string', default: usualLengths.join(',') },
    seconds: { type: 'string', default: 'Infinity' },
    verbose: { type: 'boolean', default: false },
    journal: { type: 'string' },
    markdown: { type: 'string' },
  },
});

const wanted = values.generator?.split(',');
const lengths = values.lengths.split(',').map(Number);
const libraries: Library[] = [];
for (const folder of (values.docs ?? 'packaged').split(',')) {
  const documents =
    folder === 'packaged' ? loadCorpus() : (await selectOwnDocuments(folder, { purpose: 'questions' })).kept;
  libraries.push(...librariesOf(documents));
}

/** The first few that do not agree, with both answers. */
function complaints(verdicts: readonly Verdict[]): string {
  const odd = verdicts.filter(({ verdict, goldPaid, blind }) => verdict !== 'agree' || !goldPaid || blind > 0.34);
  const told = odd.slice(0, values.verbose ? 30 : 3).map(({ sample, verdict, second, blind, probe }) => {
    const head = `  ${sample.provenance.generator} ${sample.id} ${verdict} (blind ${blind.toFixed(2)}: ${probe})`;
    const asked = values.verbose ? `\n    asked:  ${sample.question.replaceAll('\n', '\n            ')}` : '';
    return `${head}${asked}\n    gold:   ${sample.reward.gold.join(' | ')}\n    second: ${second.join(' | ')}\n`;
  });
  return told.join('');
}

const journalled =
  values.journal !== undefined && existsSync(values.journal) ? readFileSync(values.journal, 'utf8') : '';
const tallies = journalled.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Tally]));
for (const generator of questionGenerators.filter(({ id }) => wanted?.includes(id) ?? true)) {
  if (tallies.some(({ id }) => id === generator.id)) continue;
  const verdicts: Verdict[] = [];
  const until = performance.now() + 1000 * Number(values.seconds);
  for (const sample of drawSamples(generator, libraries, Number(values.samples), lengths)) {
    verdicts.push(judge(sample));
    if (performance.now() > until) break;
  }
  const tally = tallyOf(generator.id, verdicts);
  tallies.push(tally);
  if (values.journal !== undefined) appendFileSync(values.journal, `${JSON.stringify(tally)}\n`);
  process.stderr.write(complaints(verdicts));
}

const head = [
  'generator',
  'samples',
  'agree',
  'disagree',
  'cannot tell',
  'gold paid',
  'blind over 0.34',
  'best line',
  'passage 1',
];
const rows = tallies.map(({ id, samples, agree, disagree, untold, paid, blind, line, passage }) => [
  id,
  ...[samples, agree, disagree, untold, paid, blind, line, passage].map(String),
]);
if (values.markdown !== undefined) {
  const ruled = [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows];
  writeFileSync(values.markdown, `${ruled.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
process.stdout.write(`${textTable([head, ...rows])}\n`);
process.exitCode = tallies.every((tally) => tally.passes) ? 0 : 1;
