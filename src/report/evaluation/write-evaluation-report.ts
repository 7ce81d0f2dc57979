/**
 * @file The report of an evaluation: one HTML file with results, breakdowns, flips against another run, alignment with published
 * figures and a browser of its samples; nothing from the network.
 */

import type { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import type { BenchmarkSummary, Estimate } from '../../evaluation/run/summary.ts';
import { withheld } from '../../evaluation/run/tables.ts';
import { grouped, points } from '../../format.ts';
import { contentSecurityPolicy } from '../../html-policy.ts';
import { writeFileAtomic } from '../../storage/files.ts';
import { type Html, html, trusted } from '../html.ts';
import { linearScale } from '../scale.ts';
import { style } from '../style.ts';

import { browser, browserScript } from './browser.ts';
import { heatMap } from './heat-map.ts';
import { type EvaluationView, type ReadEvaluationOptions, readEvaluation } from './read-evaluation.ts';

const ownStyle = `
main { max-width: 1080px; }
h4 { font-size: 12.5px; color: var(--soft); font-weight: 500; margin: 14px 0 4px; }
td small { color: var(--soft); } td.none { background: none; }
.heat-map td { text-align: center; }
svg .ok { fill: var(--up); } svg .wrong { fill: var(--before); } svg .unparsed { fill: #c58f2c; } svg .truncated { fill: #8a6fb0; } svg .error { fill: var(--down); }
.filters { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin: 14px 0; }
.filters select, .filters input, .filters button { font: inherit; font-size: 14px; padding: 4px 8px; background: var(--card); color: var(--ink); border: 1px solid var(--rule); border-radius: 5px; }
.browser { display: grid; grid-template-columns: minmax(260px, 5fr) 7fr; gap: 22px; }
#sample-list { max-height: 80vh; overflow: auto; } #sample-detail { max-height: 80vh; overflow: auto; }
.sample { display: flex; gap: 10px; width: 100%; text-align: left; font: 13px/1.5 inherit; padding: 5px 6px; border: 0; border-bottom: 1px solid var(--faint); background: none; color: var(--ink); cursor: pointer; }
.sample span:last-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .sample.error b { color: var(--down); } .sample.ok b { color: var(--up); }
mark { background: var(--accent-soft); color: inherit; padding: 1px 2px; border-radius: 3px; }
@media (max-width: 760px) { .browser { grid-template-columns: 1fr; } }
`;

const width = 1020;
const rowHeight = 30;

/** Score with interval on the left, states on the right, one row a benchmark. */
function overview(benchmarks: readonly BenchmarkSummary[]): Html {
  const score = linearScale([0, 1], [200, 600]);
  const height = benchmarks.length * rowHeight + 30;
  const row = (entry: BenchmarkSummary, index: number): Html => {
    const y = 24 + index * rowHeight + rowHeight / 2;
    const reason = withheld(entry);
    const total = Math.max(1, entry.samples);
    let at = 690;
    const bars = (['ok', 'wrong', 'unparsed', 'truncated', 'error'] as const).map((state) => {
      const length = (entry.states[state] / total) * 330;
      const bar = html`<rect class="${state}" x="${at}" y="${y - 7}" width="${length.toFixed(2)}" height="14"><title>${state}: ${entry.states[state]} of ${entry.samples}</title></rect>`;
      at += length;
      return bar;
    });
    const estimate =
      reason !== undefined || entry.score === null || entry.ci95 === null
        ? html`<text class="tick" x="200" y="${y + 4}">${reason ?? ''}</text>`
        : html`<line class="interval" x1="${score(entry.ci95[0])}" x2="${score(entry.ci95[1])}" y1="${y}" y2="${y}"/><circle class="after" cx="${score(entry.score)}" cy="${y}" r="5"/><text class="value" x="615" y="${y + 4}">${points(entry.score)}</text>`;
    return html`<g><text class="name" x="0" y="${y + 4}">${entry.title}</text>${estimate}${bars}</g>`;
  };
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="Score and states by benchmark">
    <text class="head" x="200" y="12">Score, 95 % interval</text><text class="head" x="690" y="12">ok · wrong · unparsed · truncated · error</text>
    ${[0, 0.25, 0.5, 0.75, 1].map((tick) => html`<line class="grid" x1="${score(tick)}" x2="${score(tick)}" y1="20" y2="${height - 6}"/>`)}
    ${benchmarks.map(row)}</svg>`;
}

const estimateTable = (title: string, rows: Readonly<Record<string, Estimate>>): Html | undefined =>
  Object.keys(rows).length < 2
    ? undefined
    : html`<div><h3>${title}</h3><table><tbody>${Object.entries(rows).map(([name, { score, samples }]) => html`<tr><td>${name}</td><td>${points(score)}</td><td><small>${samples}</small></td></tr>`)}</tbody></table></div>`;

function section(entry: BenchmarkSummary, { record }: EvaluationView): Html {
  const { repeats, kappa, ruleScore, clusteredError, coverage, scoreErrorsAsZero, truncatedPrompts, tokens } = entry;
  const data = record.data[entry.benchmark];
  const facts: [string, string][] = [
    ['Score', withheld(entry) ?? points(entry.score ?? 0)],
    ['95 % interval', entry.ci95 === null ? '' : `${points(entry.ci95[0])} to ${points(entry.ci95[1])}`],
    ['Clustered error', clusteredError === null ? '' : points(clusteredError)],
    ['Coverage', `${points(coverage)} %`],
    ['Errors as 0', points(scoreErrorsAsZero)],
    ['Rules alone', ruleScore === null ? '' : points(ruleScore)],
    ['Kappa of rule and judge', kappa === null ? (entry.judged ? 'undefined' : 'rules only') : kappa.toFixed(2)],
    ['Cut prompts', String(truncatedPrompts)],
    ['Tokens in, out', `${grouped(tokens.prompt)}, ${grouped(tokens.completion)}`],
    ...(repeats === null
      ? []
      : ([
          [`avg@${repeats.k}`, points(repeats.avg)],
          [`maj@${repeats.k}`, points(repeats.majority)],
          ...Object.entries(repeats.passAt).map(([j, value]) => [`pass@${j}`, points(value)]),
          ...Object.entries(repeats.passHat).map(([j, value]) => [`pass^${j}`, points(value)]),
        ] as [string, string][])),
  ];
  const tables = [
    estimateTable('Subset', entry.subsets),
    ...Object.entries(entry.groups).map(([name, rows]) => estimateTable(name, rows)),
    estimateTable('Length in tokens', entry.lengths),
    estimateTable('Depth of the evidence', entry.depths),
  ].filter((table) => table !== undefined);
  const files = data?.files.map(({ name, sha256 }) => `${sha256.slice(0, 12)}  ${name}`).join('\n') ?? '';
  const prompts = Object.entries(data?.prompts ?? {}).map(([name, { origin }]) => `${name}: ${origin} wording`);
  return html`<section><h2>${entry.title}</h2>
    <dl class="facts">${facts.filter(([, value]) => value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${heatMap(entry)}<div class="panels">${tables}</div>
    <details><summary>Files and prompts</summary><pre>${[files, ...prompts].join('\n')}</pre></details></section>`;
}

function flips({ comparison }: EvaluationView): Html | undefined {
  if (comparison === undefined) return undefined;
  const rows = comparison.benchmarks.map(
    ({ benchmark, change, p, significant, better, worse }) =>
      html`<tr><td>${benchmark}</td><td>${points(change.before)}</td><td>${points(change.after)}</td><td class="${significant ? (change.after > change.before ? 'up' : 'down') : ''}">${(100 * (change.after - change.before)).toFixed(1)}</td><td>[${points(change.ci95[0])}, ${points(change.ci95[1])}]</td><td>${p.toPrecision(2)}</td><td>+${better} −${worse}</td></tr>`,
  );
  return html`<section><h2>Against ${comparison.before}</h2>
    <div class="scroll"><table><thead><tr><th>Benchmark</th><th>before</th><th>now</th><th>change</th><th>95 % interval</th><th>p</th><th>items</th></tr></thead><tbody>${rows}</tbody></table></div>
    ${comparison.notes.map((note) => html`<p class="lead">${note}</p>`)}
    <p class="lead">${comparison.flips.length} items changed by half a point or more: choose "flipped" below to read them.</p></section>`;
}

function alignment({ alignment: found }: EvaluationView): Html | undefined {
  if (found === undefined) return undefined;
  const rows = found.rows.map(
    ({ benchmark, published, ours, difference, ci95, inside, source }) =>
      html`<tr><td>${benchmark}</td><td>${published.toFixed(2)}</td><td>${ours?.toFixed(2) ?? 'no headline'}</td><td>${difference?.toFixed(2) ?? ''}</td><td>${ci95 === null ? '' : `[${ci95[0].toFixed(1)}, ${ci95[1].toFixed(1)}]`}</td><td class="${inside === false ? 'down' : ''}">${inside === null ? '' : inside ? 'inside' : 'outside'}</td><td>${source}</td></tr>`,
  );
  return html`<section><h2>Beside the published figures of ${found.model}</h2><div class="scroll"><table><thead><tr><th>Benchmark</th><th>published</th><th>ours</th><th>difference</th><th>our 95 % interval</th><th></th><th>source</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** The whole document. */
export function renderEvaluation(view: EvaluationView): string {
  const { record, summary } = view;
  const { settings } = record;
  const mean = summary.longContextMean;
  const judge =
    settings.judge === undefined
      ? 'rules only, no judge'
      : `judge ${settings.judge.model}, prompts ${record.judgePrompts}`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">${trusted(contentSecurityPolicy(browserScript))}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${settings.model}: evaluation</title><style>${trusted(style + ownStyle)}</style></head>
<body><main><h1><b>GoLongRL</b> · evaluation</h1>
<p class="claim">${settings.model}, scored by the ${settings.profile} profile, ${judge}. ${record.status === 'done' ? '' : 'Some requests failed; run the same command again to ask them.'}</p>
${mean === null ? undefined : html`<div class="figure">${points(mean.score)}<small>mean of the six long-context benchmarks, 95 % interval ${points(mean.ci95[0])} to ${points(mean.ci95[1])}</small></div>`}
${overview(summary.benchmarks)}${flips(view)}${alignment(view)}${summary.benchmarks.map((entry) => section(entry, view))}${browser(view)}
<section><h2>Settings</h2><details><summary>Everything that was set</summary><pre>${JSON.stringify(settings, undefined, 1)}</pre></details></section></main></body></html>
`;
  return page.markup;
}

/** Writes `report.html` and returns its path. @throws InputError when the run has no results yet */
export async function writeEvaluationReport(
  directory: EvaluationDirectory,
  options: ReadEvaluationOptions & { readonly path?: string | undefined } = {},
): Promise<string> {
  const file = options.path ?? directory.file('report.html');
  await writeFileAtomic(file, renderEvaluation(await readEvaluation(directory, options)));
  return file;
}
