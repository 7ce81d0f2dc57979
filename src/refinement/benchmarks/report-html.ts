/**
 * @file The findings side by side, in one HTML file without scripts: what the sample says, what the benchmark says, the shared
 * words marked; and what was shared and ignored.
 */
import type { Excerpt } from './benchmark-index.ts';
import type { BenchmarkReport, Finding, Match } from './decontaminate-benchmarks.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const quote = ({ before, shared, after }: Excerpt): string =>
  `<p>${before === '' ? '' : `… ${escapeHtml(before)} `}<mark>${escapeHtml(shared)}</mark>${after === '' ? '' : ` ${escapeHtml(after)} …`}</p>`;

function why({ n, words, bits }: Match): string {
  if (n === 0) return 'same document';
  return `${words} words shared, ${bits} bits`;
}

const row = (match: Match): string => `<tr>
<td><small>${match.field}</small>${quote(match.sides.sample)}</td>
<td><small>${escapeHtml(match.benchmark)} · ${escapeHtml(match.item)} · ${match.benchmarkField}</small>${quote(match.sides.benchmark)}</td>
<td>${why(match)}</td></tr>`;

const group = ({ sample, matches }: Finding): string =>
  `<tbody><tr><th colspan="3" scope="rowgroup">Sample ${escapeHtml(sample)}</th></tr>
${matches.map(row).join('\n')}</tbody>`;

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%;table-layout:fixed}td,th{padding:.5rem .6rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}
thead th{border-bottom:2px solid #888;position:sticky;top:0;background:#fff}tbody{border-bottom:2px solid #ddd}
tbody th{background:#f4f4f4;font-weight:600}td+td{border-left:1px solid #ddd}p{margin:.2rem 0}
small{color:#666}mark{background:#ffe08a;padding:0 .1em}.number{text-align:right;width:7rem}.last{width:9rem}
h2{margin-top:2.5rem}.plain td{border:0;border-top:1px solid #ddd}`;

const counts = (title: string, by: Readonly<Record<string, number>>): string =>
  Object.keys(by).length === 0
    ? ''
    : `<p>${title}: ${Object.entries(by)
        .map(([name, count]) => `${escapeHtml(name)} ${count}`)
        .join(', ')}.</p>`;

/** The report as one page. @param findings Those to show, maybe the first of many. */
export function benchmarkReportHtml(report: BenchmarkReport, findings: readonly Finding[]): string {
  const { samples, removed, repeatedItems, benchmarkItems, byKind, byField, ignored, wording } = report;
  const more = removed.length - findings.length;
  const table = `<table><thead><tr><th>The sample says</th><th>The benchmark says</th><th class="last">Shared</th></tr></thead>
${findings.map(group).join('\n')}
</table>`;
  const rows = wording
    .map(
      ({ words, bits, samples: having }) =>
        `<tr><td>${escapeHtml(words)}</td><td class="number">${bits}</td><td class="number">${having}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Decontamination</title><style>${style}</style>
<h1>Decontamination</h1>
<p><strong>${removed.length} of ${samples} samples repeat ${repeatedItems} of ${benchmarkItems} benchmark items.</strong></p>
${counts('By gram length', byKind)}${counts('By place in the sample', byField)}
${findings.length === 0 ? '' : table}
${more > 0 ? `<p>${more} more samples are not shown here.</p>` : ''}
<h2>Shared and ignored</h2>
<p>${ignored} samples share words with a benchmark that are only wording, or a quotation in a context.${wording.length === 0 ? '' : ' The most informative of them:'}</p>
${wording.length === 0 ? '' : `<table class="plain"><thead><tr><th>Words</th><th class="number">Bits</th><th class="number">Samples</th></tr></thead><tbody>\n${rows}\n</tbody></table>`}
</html>
`;
}
