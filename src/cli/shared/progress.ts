/**
 * @file Shows the events of a long run: one redrawn line with an ETA on a terminal, plain lines elsewhere.
 */
import { unansweredShares } from '../../rewards/tally.ts';
import type { ExperimentEvent, OnExperimentEvent, Stage } from '../../runs/events.ts';
import type { TrainingMetrics } from '../../training/step-metrics.ts';
import { type Terminal, terminalColors } from './terminal.ts';

const titles: Readonly<Record<Stage, string>> = {
  corpus: 'Read documents',
  dataset: 'Build dataset',
  before: 'Evaluate before',
  training: 'Train',
  after: 'Evaluate after',
  report: 'Write report',
};

/** @example formatSeconds(75) // '1:15' */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const clock = `${minutes % 60}:${String(whole % 60).padStart(2, '0')}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock.padStart(5, '0')}`;
}

const bar = (share: number, width = 20): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
};

/** Between two states of the same line. */
const redrawMilliseconds = 200;

/** A share of the work between two plain lines. */
const plainShare = 0.1;

/** `reward 0.412, cut 19 %, 2 without a verdict`: a reward never stands without what it is made of. */
function rewardText({ reward, states, unjudged }: TrainingMetrics): string {
  const mean = reward === null ? 'no reward' : `reward ${reward.toFixed(3)}`;
  const shares = states === undefined ? '' : unansweredShares(states);
  return [mean, shares, unjudged > 0 ? `${unjudged} without a verdict` : ''].filter((text) => text !== '').join(', ');
}

/** Whether fewer than half of a step's responses gave an answer: its mean reward tells little. */
function isMostlyUnanswered({ states }: TrainingMetrics): boolean {
  const total = Object.values(states ?? {}).reduce((sum, count) => sum + count, 0);
  return states !== undefined && total > 0 && states.answered < total / 2;
}

/** The listener for a terminal; `clock` in milliseconds is for tests. */
export function progress(terminal: Terminal, clock: () => number = () => performance.now()): OnExperimentEvent {
  const colors = terminalColors(terminal);
  let stageStart = clock();
  let stageName: Stage = 'corpus';
  let lastShare = 0;
  let firstDone = 0;
  let steps = 0;
  let step = 0;
  let warned = false;
  /** Of the draw in progress: since when, and when it was last shown. */
  let drawing: { since: number; shown: number } | undefined;

  const line = (text: string) => terminal.err(terminal.columns === undefined ? `${text}\n` : `\r\u001b[K${text}\n`);
  const show = (done: number, total: number, detail: string) => {
    const share = total === 0 ? 0 : done / total;
    const fresh = done - firstDone;
    const left = fresh > 0 ? ((clock() - stageStart) / 1000 / fresh) * (total - done) : Number.NaN;
    const eta = Number.isNaN(left) ? '' : ` ETA ${formatSeconds(left)}`;
    if (terminal.columns !== undefined) {
      const text = `${titles[stageName].padEnd(16)} ${bar(share)} ${done}/${total}${eta} ${detail}`;
      terminal.err(`\r\u001b[K${text.slice(0, terminal.columns - 1)}`);
      return;
    }
    if (share - lastShare < plainShare && done < total) return;
    lastShare = share;
    terminal.err(`${titles[stageName]}: ${done}/${total}${eta}${detail === '' ? '' : ` ${detail}`}\n`);
  };

  const handle = (event: ExperimentEvent): void => {
    switch (event.type) {
      case 'stage-start':
        stageStart = clock();
        stageName = event.stage;
        lastShare = 0;
        firstDone = 0;
        if (terminal.columns !== undefined) terminal.err(`\r\u001b[K${titles[event.stage]} ...`);
        break;
      case 'stage-progress':
        show(event.done, event.total, event.detail ?? '');
        break;
      case 'stage-end':
        line(
          `${colors.green('✓')} ${titles[event.stage].padEnd(16)} ${formatSeconds(event.seconds).padStart(5)}  ${event.summary}`,
        );
        break;
      case 'training-start':
        steps = event.steps;
        firstDone = event.resumedFrom;
        step = event.resumedFrom;
        stageStart = clock();
        if (event.resumedFrom > 0) line(`Continuing after step ${event.resumedFrom}.`);
        break;
      case 'sampling-progress': {
        if (terminal.columns === undefined) break;
        const now = clock();
        drawing ??= { since: now, shown: Number.NEGATIVE_INFINITY };
        if (now - drawing.shown < redrawMilliseconds) break;
        drawing.shown = now;
        const rate = event.tokens / Math.max(0.001, (now - drawing.since) / 1000);
        const speed = now > drawing.since ? `, ${rate.toFixed(0)} tokens/s` : '';
        show(step, steps, `sampling ${event.ended}/${event.total} rollouts${speed}`);
        break;
      }
      case 'step-end': {
        const { metrics, timings } = event;
        step = metrics.step;
        drawing = undefined;
        if (isMostlyUnanswered(metrics) && !warned)
          line(`${colors.yellow('!')} Step ${step}: most responses give no answer: ${rewardText(metrics)}.`);
        warned = isMostlyUnanswered(metrics);
        show(
          metrics.step,
          steps,
          `${rewardText(metrics)} trained ${metrics.trained}/${metrics.groups} ${timings.total.toFixed(1)} s/step`,
        );
        break;
      }
      case 'supervised-step-end':
        show(event.metrics.step, steps, `loss ${event.metrics.loss.toFixed(3)} ${event.seconds.toFixed(1)} s/step`);
        break;
      case 'notice':
        line(`${colors.yellow('!')} ${event.text}`);
        break;
      case 'engine-reopened':
        line(
          `${colors.yellow('!')} Lost the engine after step ${event.lostAfter} (${event.why}). It is back; continuing after step ${event.resumedFrom}.`,
        );
        break;
      case 'checkpoint-saved':
      case 'training-end':
        break;
    }
  };
  return handle;
}
