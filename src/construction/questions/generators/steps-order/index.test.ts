import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { prose } from '../../../../../test/construction/talks.ts';
import { stepsOrder } from './index.ts';

const steps = [
  'Shut the inlet valve of the tank.',
  'Drain the tank to the red mark.',
  'Open the lid with the long key.',
  'Wash the filter in cold water.',
  'Replace the seal of the lid.',
  'Fill the tank again up to the blue mark.',
];
const manual = {
  title: 'Tank manual',
  text: `# Tank manual\n\n## Description\n\nThe tank holds 80 litres.\n\n## Cleaning the filter\n\nProceed as follows:\n\n${steps.map((step, i) => `${i + 1}. ${step} It takes a while, and there is no hurry.`).join('\n')}\n\n## Disposal\n\nAsk the maker.`,
};

test('the steps of a procedure are mixed up, and the text alone proves their order', () => {
  const asked = ask(stepsOrder, [manual]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toContain(
    'In what order are these steps to be taken, according to “Cleaning the filter” in “Tank manual”?\n(A)',
  );
  const told = asked.gold.map(
    (letter) =>
      asked.question
        .split('\n')
        .find((line) => line.startsWith(`(${letter}) `))
        ?.slice(4) ?? '',
  );
  expect(told).toEqual(steps.map((step) => step.slice(0, -1)));
  expect(asked.gold).not.toEqual([...asked.gold].sort());
  expect(asked.readsBack).toBe(true);
  expect(asked.solve()).toEqual(asked.gold);
  const swapped = asked.solve((text) => text.replace('1. Shut', '9. Then').replace('2. Drain', '2. Shut'));
  expect(swapped).not.toEqual(asked.gold);
});

test('a text without a numbered procedure is refused', () => {
  expect(ask(stepsOrder, [prose])).toBe('no numbered procedure of five steps');
});

test('steps that point back, or whose brackets are left open, are not quoted', () => {
  const pointing = {
    ...manual,
    text: manual.text
      .replace('Drain the tank to', 'Drain the resulting water to')
      .replace('Open the lid', 'Open this lid')
      .replace('with the long key.', 'with the key.')
      .replace('Wash the filter in cold water.', 'Wash the filter (in a tub. Use cold water).'),
  };
  expect(ask(stepsOrder, [pointing])).toContain('no procedure whose steps can be quoted');
  expect(typeof ask(stepsOrder, [manual])).toBe('object');
});

test('a condition among the actions is not quoted as a step', () => {
  const text = manual.text
    .replace('1. Shut', '1. You can clean it only when it is cold. It is hot for an hour.\n2. Shut')
    .replace(/(?<=\n)2\. Drain[\s\S]*?(?=\n\n## Disposal)/, (rest) =>
      rest.replace(/^\d/gm, (number) => String(Number(number) + 1)),
    );
  const asked = ask(stepsOrder, [{ ...manual, text }]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toContain('Shut the inlet valve');
  expect(asked.question).not.toContain('You can clean it');
});

test('in a long prompt a procedure that one passage holds is not asked about', () => {
  const filler = (words: string): string => `\n\n${words.repeat(900)}`;
  const history = filler('The keepers wrote down what they saw. ');
  const short = { ...manual, text: `${manual.text}\n\n## History${history}` };
  expect(ask(stepsOrder, [short])).toContain('in a long prompt over more than one passage');
  const notes = filler('Mind the rail. ').slice(0, 900);
  const spread = steps.map((step, i) => `${i + 1}. ${step} It takes a while.${notes}`).join('\n');
  const long = { ...short, text: short.text.replace(/1\. [\s\S]*?(?=\n\n## Disposal)/, spread) };
  expect(typeof ask(stepsOrder, [long])).toBe('object');
});
