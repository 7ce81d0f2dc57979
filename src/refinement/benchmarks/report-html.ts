/**
 * @file The findings side by side, in one HTML file without scripts: what the sample says, what the benchmark says, the shared
 * words marked.
 */
import type { Excerpt } from './benchmark-index.ts';
import type { BenchmarkReport, Finding } from './decontaminate-benchmarks.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const cell = ({ before, shared, after }: Excerpt): string =>
  `<td>${escapeHtml(before)} <mark>${escapeHtml(shared)}</mark> ${escapeHtml(after)}</td>`;

const rows = ({ sample, matches }: Finding): string =>
  matches
    .map((match) => {
      const { sample: ours, benchmark: theirs } = match.sides();
      const left = `<th>${escapeHtml(sample)}<br>${match.field}</th>${cell(ours)}`;
      const right = `${cell(theirs)}<th>${escapeHtml(match.benchmark)} ${escapeHtml(match.item)}<br>${match.benchmarkField}</th>`;
      return `<tr>${left}${right}</tr>`;
    })
    .join('\n');

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%;table-layout:fixed}td,th{border:1px solid #ccc;padding:.4rem;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:400;color:#555;width:12%;text-align:left}mark{background:#ffe08a}`;

/** The report as one page. */
export function benchmarkReportHtml(report: BenchmarkReport, findings: readonly Finding[]): string {
  const common = report.boilerplate
    .map(({ words, samples }) => `<li>${escapeHtml(words)} (${samples} samples)</li>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Decontamination</title><style>${style}</style>
<h1>Decontamination</h1>
<p>${report.removed.length} of ${report.samples} samples repeat ${report.repeatedItems} of ${report.benchmarkItems} benchmark items.</p>
<table><thead><tr><th>Sample</th><td>says</td><td>benchmark says</td><th>Item</th></tr></thead><tbody>
${findings.map(rows).join('\n')}
</tbody></table>
<h2>Ignored as boilerplate</h2><ul>${common === '' ? '<li>nothing</li>' : common}</ul></html>
`;
}
