import { expect, test } from 'vitest';
import { progress } from './progress.ts';
import { formatRate, formatSeconds } from './progress-line.ts';

/** Events at given seconds, as plain lines (no terminal) or redrawn ones. */
function watch(columns: number | undefined) {
  let now = 0;
  let text = '';
  const err = (part: string) => {
    text += part;
  };
  const onEvent = progress({ out: () => undefined, err, columns }, () => now * 1000);
  return { onEvent, at: (seconds: number) => (now = seconds), text: () => text };
}

test('durations read as clocks, rates as so many a second or so long for each', () => {
  expect([0, 9.6, 75, 3723].map(formatSeconds)).toEqual(['0:00', '0:10', '1:15', '1:02:03']);
  expect([12.34, 1.25, 0.2, 0, Number.NaN].map(formatRate)).toEqual(['12/s', '1.3/s', '5.0 s each', '', '']);
});

/** The last state of the redrawn line. */
const lastState = (text: string): string => text.split('\r').at(-1)?.replace('\u001b[K', '') ?? '';

test('a terminal shows what, done of total, the rate and the time left from the work of this process', () => {
  const { onEvent, at, text } = watch(80);
  onEvent({ type: 'stage-start', stage: 'before' });
  expect(lastState(text())).toBe('Evaluate before ...');
  at(10);
  onEvent({ type: 'stage-progress', stage: 'before', done: 25, total: 100, detail: 'reward so far 0.412' });
  expect(lastState(text())).toBe('Evaluate before  25/100 2.5/s ETA 0:30 reward so far 0.412');
});

test('a resumed training counts its own steps alone for the time left', () => {
  const { onEvent, at, text } = watch(200);
  onEvent({ type: 'stage-start', stage: 'training' });
  onEvent({ type: 'training-start', steps: 100, resumedFrom: 80, samples: 5 });
  at(10);
  onEvent({ type: 'stage-progress', stage: 'training', done: 90, total: 100 });
  expect(lastState(text())).toBe('Train            ██████████████░░ 90/100 1.0/s ETA 0:10');
});

test('a log has one line at the start of a stage and one at its end, none of the progress between', () => {
  const { onEvent, text } = watch(undefined);
  onEvent({ type: 'stage-start', stage: 'after' });
  for (let done = 1; done <= 100; done++) onEvent({ type: 'stage-progress', stage: 'after', done, total: 100 });
  onEvent({ type: 'stage-end', stage: 'after', seconds: 61, summary: 'mean reward 0.5' });
  expect(text()).toBe('Evaluate after ...\n✓ Evaluate after    1:01  mean reward 0.5\n');
});

test.each([40, 80, 200])('at %i columns one line is redrawn and never wraps', (columns) => {
  const { onEvent, at, text } = watch(columns);
  onEvent({ type: 'stage-start', stage: 'before' });
  for (const seconds of [1, 2, 3]) {
    at(seconds);
    onEvent({ type: 'stage-progress', stage: 'before', done: seconds, total: 100, detail: 'x'.repeat(300) });
  }
  expect(text()).not.toContain('\n');
  const states = text().split('\r');
  expect(states.length).toBeGreaterThan(3);
  expect(states.every((state) => state.replace('\u001b[K', '').length < columns)).toBe(true);
});

test('what is not a terminal gets no escape codes, even where colours are forced', () => {
  const { onEvent, text } = watch(undefined);
  onEvent({ type: 'notice', text: 'careful' });
  onEvent({ type: 'stage-start', stage: 'before' });
  onEvent({ type: 'stage-end', stage: 'before', seconds: 1, summary: 'done' });
  expect(text()).not.toContain('\u001b');
});

test('on a terminal the rollouts of a step are shown while they are drawn, a few times a second', () => {
  const { onEvent, at, text } = watch(100);
  onEvent({ type: 'stage-start', stage: 'training' });
  onEvent({ type: 'training-start', steps: 10, resumedFrom: 0, samples: 5 });
  for (let tokens = 0; tokens <= 1000; tokens++) {
    at(tokens / 1000);
    onEvent({ type: 'sampling-progress', ended: Math.floor(tokens / 100), total: 16, tokens });
  }
  const lines = text()
    .split('\r')
    .filter((line) => line.includes('sampling'));
  expect(lines.length).toBeLessThanOrEqual(6);
  expect(lines.at(-1)).toContain('0/10 sampling 10/16 rollouts, 1000 tokens/s');
});

test('a reward never stands without what it is made of, and a step without answers says so on a line that stays', () => {
  const { onEvent, text } = watch(undefined);
  onEvent({ type: 'stage-start', stage: 'training' });
  onEvent({ type: 'training-start', steps: 2, resumedFrom: 0, samples: 5 });
  const states = { answered: 3, none: 2, cut: 11, contradictory: 0, unreadable: 0 };
  const metrics = { step: 1, reward: 0.1, states, unjudged: 4, trained: 0, groups: 5 };
  const timings = { total: 1 };
  onEvent({ type: 'step-end', metrics, timings } as Parameters<typeof onEvent>[0]);
  expect(text()).toContain(
    '! Step 1: most responses give no answer: reward 0.100, cut 69 %, none 13 %, 4 without a verdict.',
  );
  onEvent({ type: 'step-end', metrics: { ...metrics, step: 2, reward: null }, timings } as Parameters<
    typeof onEvent
  >[0]);
  expect(text()).not.toContain('no reward');
});
