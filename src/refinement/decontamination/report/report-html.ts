/**
 * @file The findings side by side, in one HTML file without scripts: what the sample says, what the benchmark says, the shared
 * words marked; and what was shared and ignored.
 */

import { contentSecurityPolicy } from '../../../html-policy.ts';
import type { Excerpt } from '../excerpt.ts';
import type { BenchmarkReport, Finding, Match } from './findings.ts';
import { reportStyle } from './report-style.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const number = (value: number): string => value.toLocaleString('en');
const counted = (count: number, name: string): string => `${number(count)} ${name}${count === 1 ? '' : 's'}`;

/** Characters of a shared text that are shown: its beginning and its end. */
const shownCharacters = 1600;

function marked(shared: string): string {
  if (shared.length <= shownCharacters) return `<mark>${escapeHtml(shared)}</mark>`;
  const half = shownCharacters / 2;
  const hidden = `<i>${number(shared.length - shownCharacters)} characters more are the same</i>`;
  return `<mark>${escapeHtml(shared.slice(0, half))} … </mark>${hidden}<mark> … ${escapeHtml(shared.slice(-half))}</mark>`;
}

const quote = ({ before, shared, after }: Excerpt): string =>
  `<blockquote>${escapeHtml(before)}${marked(shared)}${escapeHtml(after)}</blockquote>`;

function why({ n, words, unit, bits, field, benchmarkField }: Match): string {
  if (n === 0) return 'the same document';
  const place = field === benchmarkField ? `in the ${field}` : `${field} repeats ${benchmarkField}`;
  return `${counted(words, unit ?? 'word')} shared, ${place}${bits > 0 ? `, ${number(bits)} bits` : ''}`;
}

const pair = (match: Match): string => `<section>
<p class="why">${why(match)}</p>
<div class="sides">
<div><h4>Sample <span>${match.field}</span></h4>${quote(match.sides.sample)}</div>
<div><h4>${escapeHtml(match.benchmark)} · ${escapeHtml(match.item)} <span>${match.benchmarkField}</span></h4>${quote(match.sides.benchmark)}</div>
</div></section>`;

const card = ({ sample, matches }: Finding): string =>
  `<article><h3>${escapeHtml(sample)}</h3>\n${matches.map(pair).join('\n')}</article>`;

/** `13`: found by grams of that length; the other kinds have names. */
const kindName = (kind: string): string => (/^\d+$/.test(kind) ? `${kind}-grams` : kind);

function facts({ samples, removed, repeatedItems, benchmarkItems, byKind, byField, ignored }: BenchmarkReport): string {
  const list = (by: Readonly<Record<string, number>>, name: (key: string) => string): string =>
    Object.entries(by)
      .map(([key, count]) => `${escapeHtml(name(key))} ${number(count)}`)
      .join('<br>') || 'none';
  const rows: readonly (readonly [string, string])[] = [
    ['samples checked', number(samples)],
    ['left', number(samples - removed.length)],
    ['benchmark items repeated', `${number(repeatedItems)} of ${number(benchmarkItems)}`],
    ['found by', list(byKind, kindName)],
    ['in the sample’s', list(byField, (field) => field)],
    ['shared and ignored', number(ignored)],
  ];
  return `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function ignoredPart({ ignored, wording }: BenchmarkReport): string {
  if (ignored === 0) return '';
  const rows = wording.map(
    ({ words, bits, samples }) =>
      `<tr><td>${escapeHtml(words)}</td><td>${number(bits)}</td><td>${number(samples)}</td></tr>`,
  );
  const table = `<table><thead><tr><th>Words</th><th>Bits</th><th>Samples</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
  return `<h2>Shared and ignored</h2>
<p>${counted(ignored, 'more sample')} share words with a benchmark that are only wording, or a quotation in a context.${rows.length === 0 ? '' : ' The most informative of them; a leak that is repeated often would stand here:'}</p>
${rows.length === 0 ? '' : table}`;
}

/** The report as one page. @param findings Those to show, maybe the first of many. */
export function benchmarkReportHtml(report: BenchmarkReport, findings: readonly Finding[]): string {
  const { samples, removed } = report;
  const more = removed.length - findings.length;
  const claim =
    removed.length === 0
      ? `None of ${counted(samples, 'sample')} repeats a benchmark`
      : `${number(removed.length)} of ${counted(samples, 'sample')} ${removed.length === 1 ? 'repeats' : 'repeat'} a benchmark`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">${contentSecurityPolicy()}<meta name="viewport" content="width=device-width, initial-scale=1"><title>Decontamination</title><style>${reportStyle}</style></head>
<body><main>
<p class="kind">Decontamination</p>
<h1>${claim}</h1>
${facts(report)}
${findings.length === 0 ? '' : `<h2>Found</h2>\n${findings.map(card).join('\n')}`}
${more > 0 ? `<p>${counted(more, 'more sample')} ${more === 1 ? 'is' : 'are'} not shown here.</p>` : ''}
${ignoredPart(report)}
</main></body></html>
`;
}
