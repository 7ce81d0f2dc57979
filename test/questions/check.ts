/**
 * @file `npm run check:questions -- [--generator ID[,ID]] [--samples 1000] [--docs FOLDER[,FOLDER]] [--seconds N] [--markdown FILE]`: golds against a
 * second implementation of each generator's program, over the packaged corpora or the documents of some folders (`packaged` names the
 * corpora among them), as many samples as there are up to the number. Exits with 1 where one disagrees.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Library } from '../../src/construction/questions/library.ts';
import { questionGenerators } from '../../src/construction/questions/registry.ts';
import { loadCorpus } from '../../src/corpus/load-corpus.ts';
import { selectOwnDocuments } from '../../src/corpus/own-documents.ts';
import { textTable } from '../../src/text-table.ts';
import { drawSamples, judge, librariesOf, passes, type Verdict } from './check-generator.ts';

const { values } = parseArgs({
  options: {
    generator: { type: 'string' },
    samples: { type: 'string', default: '1000' },
    docs: { type: 'string' },
    seconds: { type: 'string', default: 'Infinity' },
    verbose: { type: 'boolean', default: false },
    markdown: { type: 'string' },
  },
});

const wanted = values.generator?.split(',');
const libraries: Library[] = [];
for (const folder of (values.docs ?? 'packaged').split(',')) {
  const documents =
    folder === 'packaged' ? loadCorpus() : (await selectOwnDocuments(folder, { purpose: 'questions' })).kept;
  libraries.push(...librariesOf(documents));
}

/** The first few that do not agree, with both answers. */
function complaints(verdicts: readonly Verdict[]): string[] {
  const odd = verdicts.filter(({ verdict, goldPaid, blind }) => verdict !== 'agree' || !goldPaid || blind > 0.34);
  return odd.slice(0, values.verbose ? 30 : 3).map(({ sample, verdict, second, blind, probe }) => {
    const told = `  ${sample.provenance.generator} ${sample.id} ${verdict} (blind ${blind.toFixed(2)}: ${probe})`;
    const asked = values.verbose ? `\n    asked:  ${sample.question.replaceAll('\n', '\n            ')}` : '';
    return `${told}${asked}\n    gold:   ${sample.reward.gold.join(' | ')}\n    second: ${second.join(' | ')}`;
  });
}

const count = (verdicts: readonly Verdict[], wantedVerdict: Verdict['verdict']): string =>
  String(verdicts.filter(({ verdict }) => verdict === wantedVerdict).length);

const rows = [['generator', 'samples', 'agree', 'disagree', 'cannot tell', 'gold paid', 'blind over 0.34']];
const odd: string[] = [];
let failed = 0;
for (const generator of questionGenerators.filter(({ id }) => wanted?.includes(id) ?? true)) {
  const verdicts: Verdict[] = [];
  const until = performance.now() + 1000 * Number(values.seconds);
  for (const sample of drawSamples(generator, libraries, Number(values.samples))) {
    verdicts.push(judge(sample));
    if (performance.now() > until) break;
  }
  if (!passes(verdicts)) failed++;
  odd.push(...complaints(verdicts));
  rows.push([
    generator.id,
    String(verdicts.length),
    count(verdicts, 'agree'),
    count(verdicts, 'disagree'),
    count(verdicts, 'cannot tell'),
    String(verdicts.filter(({ goldPaid }) => goldPaid).length),
    String(verdicts.filter(({ blind }) => blind > 0.34).length),
  ]);
}
if (values.markdown !== undefined) {
  const [head = [], ...body] = rows;
  const ruled = [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...body];
  writeFileSync(values.markdown, `${ruled.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
process.stdout.write(`${textTable(rows)}\n${odd.map((line) => `${line}\n`).join('')}`);
process.exitCode = failed === 0 ? 0 : 1;
