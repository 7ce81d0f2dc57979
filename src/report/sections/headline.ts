/**
 * @file The first screen: what changed, how sure it is, what it took.
 */
import { grouped } from '../../format.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { minutes, signed } from '../words.ts';

/** The fields of the configuration that a title needs; config.yaml is complete, so plain patterns find them. */
export function configValue(config: string, field: string): string {
  return new RegExp(`^ *${field}: *(.+)$`, 'm').exec(config)?.[1]?.trim() ?? '';
}

function claim({ sampled, greedy }: RunView): Html | undefined {
  if (sampled === undefined) return undefined;
  const { mean, clusters, tasks } = sampled;
  const sure =
    mean.ci95[0] > 0
      ? 'The interval lies above zero.'
      : mean.ci95[1] < 0
        ? 'The interval lies below zero.'
        : 'The interval includes zero: this run shows no difference.';
  const greedily =
    greedy === undefined
      ? ''
      : ` Decoded greedily: ${greedy.mean.before.toFixed(3)} to ${greedy.mean.after.toFixed(3)}.`;
  return html`<div class="figure ${mean.ci95[1] < 0 ? 'down' : ''}">${signed(mean.after - mean.before)}<small>95 % interval ${signed(mean.ci95[0])} to ${signed(mean.ci95[1])}</small></div>
    <p class="claim">Mean held-out reward over ${Object.keys(tasks).length} tasks went from ${mean.before.toFixed(3)} to ${mean.after.toFixed(3)} at temperature 1, on ${mean.samples} questions about ${clusters} documents that training never saw. ${sure}${greedily}</p>`;
}

/** Always there, also for a run that is not finished. */
export function headline(view: RunView): Html {
  const { facts, record, config, metrics } = view;
  const total = Object.values(facts.seconds ?? {}).reduce((sum, value) => sum + value, 0);
  const rows: [string, string | undefined][] = [
    ['Estimator', configValue(config, 'type')],
    ['Seed', configValue(config, 'seed')],
    ['Steps', `${metrics.length}`],
    ['Policy', facts.policy && `${(facts.policy.parameters / 1e6).toFixed(2)} M (${facts.policy.architecture})`],
    ['Dataset', facts.dataset && `${grouped(facts.dataset.samples)} samples`],
    ['Time', total > 0 ? minutes(total) : undefined],
    ['Peak memory', facts.peakRssMb === undefined ? undefined : `${grouped(facts.peakRssMb)} MB`],
  ];
  const shown = rows.filter(([, value]) => value !== undefined && value !== '');
  const opening =
    claim(view) ??
    html`<p class="claim">${record.status === 'done' ? 'This run has no held-out evaluation.' : 'This run is not finished; here is what it has so far.'}</p>`;
  return html`<h1><b>GoLongRL</b> · ${record.kind} run</h1>${opening}
    <dl class="facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
