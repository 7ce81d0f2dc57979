/**
 * @file Shows the events of a long run by the one line of progress; what each stage came to stays, as do notices.
 */
import { unansweredShares } from '../../rewards/tally.ts';
import type { ExperimentEvent, OnExperimentEvent, Stage } from '../../runs/events.ts';
import type { TrainingMetrics } from '../../training/step-metrics.ts';
import { formatSeconds, progressLine } from './progress-line.ts';
import { type Terminal, terminalColors } from './terminal.ts';

const titles: Readonly<Record<Stage, string>> = {
  corpus: 'Read documents',
  dataset: 'Build dataset',
  plan: 'Measure engine',
  before: 'Evaluate before',
  training: 'Train',
  after: 'Evaluate after',
  floors: 'Blind floors',
  report: 'Write report',
};

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
  const line = progressLine(terminal, clock);
  let steps = 0;
  let step = 0;
  let last = '';
  let warned = false;
  /** Since when the rollouts of a step are drawn. */
  let drawing: number | undefined;

  const notice = (text: string): void => line.keep(`${colors.yellow('!')} ${text}`);

  const onSampling = ({ ended, total, tokens }: Extract<ExperimentEvent, { type: 'sampling-progress' }>): void => {
    const now = clock();
    drawing ??= now;
    const speed = now > drawing ? `, ${((1000 * tokens) / (now - drawing)).toFixed(0)} tokens/s` : '';
    line.show({ done: step, total: steps, detail: `sampling ${ended}/${total} rollouts${speed}${last}` });
  };

  const onStep = ({ metrics }: Extract<ExperimentEvent, { type: 'step-end' }>): void => {
    step = metrics.step;
    drawing = undefined;
    const reward = rewardText(metrics);
    last = `, ${reward}`;
    if (isMostlyUnanswered(metrics) && !warned) notice(`Step ${step}: most responses give no answer: ${reward}.`);
    warned = isMostlyUnanswered(metrics);
    line.show({ done: step, total: steps, detail: `${reward} trained ${metrics.trained}/${metrics.groups}` }, true);
  };

  const onEnd = ({ stage, seconds, summary }: Extract<ExperimentEvent, { type: 'stage-end' }>): void => {
    const took = formatSeconds(seconds).padStart(5);
    line.keep(`${colors.green('✓')} ${titles[stage].padEnd(16)} ${took}  ${summary}`);
  };

  return (event: ExperimentEvent): void => {
    switch (event.type) {
      case 'stage-start':
        line.start(titles[event.stage]);
        break;
      case 'stage-progress':
        line.show(event, event.done === event.total);
        break;
      case 'stage-end':
        onEnd(event);
        break;
      case 'training-start':
        steps = event.steps;
        step = event.resumedFrom;
        if (event.resumedFrom > 0) line.keep(`Continuing after step ${event.resumedFrom}.`);
        line.start(titles.training, event.resumedFrom);
        break;
      case 'sampling-progress':
        onSampling(event);
        break;
      case 'step-end':
        onStep(event);
        break;
      case 'supervised-step-end': {
        const { step: done, loss } = event.metrics;
        line.show({ done, total: steps, detail: `loss ${loss.toFixed(3)}` }, true);
        break;
      }
      case 'notice':
        notice(event.text);
        break;
      case 'engine-reopened':
        notice(
          `Lost the engine after step ${event.lostAfter} (${event.why}). It is back; continuing after step ${event.resumedFrom}.`,
        );
        break;
      case 'checkpoint-saved':
      case 'training-end':
        break;
    }
  };
}
