import { expect, test } from 'vitest';
import { formatSeconds, progress } from './progress.ts';

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

test('durations read as clocks', () => {
  expect([0, 9.6, 75, 3723].map(formatSeconds)).toEqual(['0:00', '0:10', '1:15', '1:02:03']);
});

test('the time left is extrapolated from the work of this process', () => {
  const { onEvent, at, text } = watch(undefined);
  onEvent({ type: 'stage-start', stage: 'before' });
  at(10);
  onEvent({ type: 'stage-progress', stage: 'before', done: 25, total: 100 });
  expect(text()).toBe('Evaluate before: 25/100 ETA 0:30\n');
});

test('without a terminal there is a line for each tenth, not for each step', () => {
  const { onEvent, text } = watch(undefined);
  onEvent({ type: 'stage-start', stage: 'after' });
  for (let done = 1; done <= 100; done++) onEvent({ type: 'stage-progress', stage: 'after', done, total: 100 });
  expect(text().trim().split('\n').length).toBeLessThanOrEqual(11);
  expect(text()).toContain('100/100');
});

test('on a terminal one line is redrawn and never wraps', () => {
  const { onEvent, at, text } = watch(40);
  onEvent({ type: 'stage-start', stage: 'before' });
  at(1);
  onEvent({ type: 'stage-progress', stage: 'before', done: 1, total: 100 });
  expect(text()).not.toContain('\n');
  expect(
    text()
      .split('\r')
      .every((line) => line.replace('\u001b[K', '').length < 40),
  ).toBe(true);
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
  expect(text()).toContain('no reward, cut 69 %');
});
