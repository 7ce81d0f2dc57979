/**
 * @file The first screen: what changed, how sure it is, what it took.
 */
import { type Floors, tasksUnderFloor } from '../../evaluation/compare/floors.ts';
import { type Comparison, isAnyChange } from '../../evaluation/compare/statistics.ts';
import { tasksThatWent, verdict } from '../../evaluation/compare/table.ts';
import { grouped } from '../../format.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { runTime } from '../run-time.ts';
import { minutes, runTitle, signed, taskTitle } from '../words.ts';

/** The fields of the configuration that a title needs; config.yaml is complete, so plain patterns find them. */
export function configValue(config: string, field: string): string {
  return new RegExp(`^ *${field}: *(.+)$`, 'm').exec(config)?.[1]?.trim() ?? '';
}

function claim({ sampled, greedy, facts: { floors } }: RunView): Html | undefined {
  if (sampled === undefined) return undefined;
  const { mean, clusters, tasks } = sampled;
  const sure = isAnyChange(mean)
    ? `Of ${clusters} documents there is no interval: too few to say whether this is chance.`
    : mean.ci95[0] > 0
      ? 'The interval lies above zero.'
      : mean.ci95[1] < 0
        ? 'The interval lies below zero.'
        : 'The interval includes zero: this run shows no difference.';
  const greedily =
    greedy === undefined
      ? ''
      : ` Decoded greedily: ${greedy.mean.before.toFixed(3)} to ${greedy.mean.after.toFixed(3)}.`;
  const interval = isAnyChange(mean)
    ? 'too few documents for an interval'
    : `95 % interval ${signed(mean.ci95[0])} to ${signed(mean.ci95[1])}`;
  return html`<div class="figure ${verdict(mean) === 'down' ? 'down' : ''}">${signed(mean.after - mean.before)}<small>${interval}</small></div>
    <p class="claim">Mean held-out reward over ${Object.keys(tasks).length} tasks went from ${mean.before.toFixed(3)} to ${mean.after.toFixed(3)} at temperature 1, on ${mean.samples} questions about ${clusters} documents that training never saw. ${sure}${greedily}</p>
    ${directions('At temperature 1', sampled, floors)}${greedy === undefined ? undefined : directions('Greedily', greedy, floors)}`;
}

/** Which tasks went up and which went down: the bad ones as large as the good ones. */
function directions(mode: string, comparison: Comparison, floors: Floors | undefined): Html {
  const listed = (side: 'up' | 'down'): Html => {
    const names = tasksThatWent(side, comparison);
    const shown = names.map((task) => {
      const { before, after } = comparison.tasks[task] ?? { before: 0, after: 0 };
      // The plot below has the names; what went down is named here already.
      return `${side === 'down' ? taskTitle(task) : task} ${signed(after - before)}`;
    });
    return html`<span class="went ${names.length > 0 ? side : ''}">${side === 'up' ? 'Up' : 'Down'}: ${shown.join(', ') || 'no task'}</span>`;
  };
  const under = floors && tasksUnderFloor('after', comparison, floors);
  const beneath =
    under &&
    html`<span class="went ${under.length > 0 ? 'down' : ''}">Under the blind floor: ${under.map(taskTitle).join(', ') || 'no task'}</span>`;
  return html`<p class="directions"><b>${mode}</b> ${listed('down')} ${beneath} ${listed('up')}</p>`;
}

/** The highest of all sittings, and how many these were. */
function sittingsOf({ facts }: RunView) {
  const sittings = facts.sittings ?? [{ peakRssMb: facts.peakRssMb }];
  const peaks = sittings.flatMap(({ peakRssMb }) => peakRssMb ?? []);
  return { peakRssMb: peaks.length === 0 ? undefined : Math.max(...peaks), sittings: sittings.length };
}

/** Always there, also for a run that is not finished. */
export function headline(view: RunView): Html {
  const { facts, record, config, metrics } = view;
  const { peakRssMb, sittings } = sittingsOf(view);
  const { total } = runTime(view);
  const rows: [string, string | undefined][] = [
    ['Estimator', configValue(config, 'type')],
    ['Seed', configValue(config, 'seed')],
    ['Steps', `${metrics.length}`],
    ['Policy', facts.policy && `${(facts.policy.parameters / 1e6).toFixed(2)} M (${facts.policy.architecture})`],
    ['Dataset', facts.dataset && `${grouped(facts.dataset.samples)} samples`],
    ['Time', total > 0 ? `${minutes(total)}${sittings > 1 ? ` in ${sittings} sittings` : ''}` : undefined],
    ['Peak memory', peakRssMb === undefined ? undefined : `${grouped(peakRssMb)} MB`],
  ];
  const shown = rows.filter(([, value]) => value !== undefined && value !== '');
  const opening =
    claim(view) ??
    html`<p class="claim">${record.status === 'done' ? 'This run has no held-out evaluation.' : 'This run is not finished; here is what it has so far.'}</p>`;
  const warning =
    facts.control === undefined
      ? undefined
      : html`<p class="claim down"><b>This run is a control (${facts.control}).</b> Its advantages are made of rewards that belong to other responses: it must gain nothing. The rewards shown are the true ones.</p>`;
  return html`<h1><b>GoLongRL</b> · ${runTitle(view)}</h1>${warning}${opening}
    <dl class="facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
