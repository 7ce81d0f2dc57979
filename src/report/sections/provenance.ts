/**
 * @file How the run was made: time by stage, versions, the complete configuration.
 */
import { percent } from '../../format.ts';
import { secondsText } from '../../planning/run-plan.ts';
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { limitOf, planOutcome, planOutcomeText, type RunTime, runTime } from '../run-time.ts';

const partNames: Readonly<Record<Exclude<keyof RunTime, 'total'>, string>> = {
  dataset: 'Documents and dataset',
  evaluation: 'Evaluations',
  sampling: 'Steps: sampling',
  training: 'Steps: loss, gradient, optimizer',
  scoring: 'Steps: rewards',
  writing: 'Steps: writing, checkpoints',
  other: 'Measuring, floors, the rest',
};

/** Parts that took no time are left out. */
function timeTable(time: RunTime): Html {
  const parts = (Object.keys(partNames) as (keyof typeof partNames)[]).filter((part) => time[part] >= 0.05);
  const rows = parts.map(
    (part) =>
      html`<tr><td>${partNames[part]}</td><td>${secondsText(time[part])}</td><td>${percent(time[part] / time.total)}</td></tr>`,
  );
  return html`<table><tbody>${rows}<tr class="total"><td>In all</td><td>${secondsText(time.total)}</td><td></td></tr></tbody></table>`;
}

/** Time, versions, and the complete configuration. */
export function provenance(view: RunView): Html {
  const { record, config } = view;
  const time = runTime(view);
  const outcome = planOutcome(view);
  const said = [limitOf(time), outcome && planOutcomeText(outcome)].filter((text) => text !== undefined);
  const versions = Object.entries(record.versions).map(
    ([name, version]) => html`<tr><td>${name}</td><td>${version}</td></tr>`,
  );
  return html`<section><h2>How it was made</h2>${said.map((text) => html`<p class="lead">${text}</p>`)}<div class="columns">
    <div><h3>Configuration</h3><pre>${config.trim()}</pre></div>
    <div><h3>Time</h3>${timeTable(time)}
    <h3 style="margin-top:28px">Versions</h3><table><tbody>${versions}</tbody></table></div></div></section>`;
}
