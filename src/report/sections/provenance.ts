/**
 * @file How the run was made: time by stage, versions, the complete configuration.
 */
import { type Html, html } from '../html.ts';
import type { RunView } from '../read-run.ts';
import { minutes } from '../words.ts';

const stageNames: Readonly<Record<string, string>> = {
  corpus: 'Read documents',
  dataset: 'Build dataset',
  before: 'Evaluate before',
  training: 'Train',
  after: 'Evaluate after',
};

const stepNames = {
  sampling: 'sampling',
  scoring: 'rewards',
  training: 'loss and gradient',
  optimizer: 'optimizer',
  writing: 'writing, checkpoints',
} as const;

/** Shares of training are of the steps' own time; empty where no step was timed. */
export function provenance({ facts, record, config, timings }: RunView): Html {
  const stages = Object.entries(facts.seconds ?? {}).map(
    ([name, seconds]) => html`<tr><td>${stageNames[name] ?? name}</td><td>${minutes(seconds)}</td></tr>`,
  );
  const total = timings.reduce((sum, row) => sum + row.total, 0);
  const share = (field: 'sampling' | 'scoring' | 'training' | 'optimizer' | 'writing') =>
    total === 0 ? '' : `${Math.round((timings.reduce((sum, row) => sum + row[field], 0) / total) * 100)} %`;
  const shares = (['sampling', 'scoring', 'training', 'optimizer', 'writing'] as const).map(
    (field) => html`<tr><td>of training: ${stepNames[field]}</td><td>${share(field)}</td></tr>`,
  );
  const versions = Object.entries(record.versions).map(
    ([name, version]) => html`<tr><td>${name}</td><td>${version}</td></tr>`,
  );
  return html`<section><h2>How it was made</h2><div class="columns">
    <div><h3>Configuration</h3><pre>${config.trim()}</pre></div>
    <div><h3>Time</h3><table><tbody>${stages}${timings.length > 0 ? shares : undefined}</tbody></table>
    <h3 style="margin-top:28px">Versions</h3><table><tbody>${versions}</tbody></table></div></div></section>`;
}
