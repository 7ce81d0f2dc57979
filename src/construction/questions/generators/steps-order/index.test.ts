import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { prose } from '../../../../../test/construction/talks.ts';
import { stepsOrder } from './index.ts';

const cleaning = [
  'Shut the inlet valve of the tank.',
  'Drain the tank to the red mark.',
  'Open the lid with the long key.',
  'Wash the filter in cold water.',
  'Replace the seal of the lid.',
  'Fill the tank again up to the blue mark.',
];
const moving = ['Empty the drip tray.', 'Disconnect both hoses.', 'Lift the tank by its handles.'];
const told = (steps: readonly string[], more = ''): string =>
  steps.map((step, i) => `${i + 1}. ${step} It takes a while, and there is no hurry.${more}`).join('\n');
const manualOf = (...parts: readonly string[]) => ({
  title: 'Tank manual',
  text: `# Tank manual\n\n## Description\n\nThe tank holds 80 litres.\n\n${parts.join('\n\n')}\n\n## Disposal\n\nAsk the maker.`,
});
const part = (name: string, steps: readonly string[], more?: string): string =>
  `## ${name}\n\nProceed as follows:\n\n${told(steps, more)}`;
const notes = ' Mind the rail.'.repeat(60);

/** What the gold says, in the words of the options. */
const saidBy = ({ question, gold }: { question: string; gold: readonly string[] }): string[] =>
  gold.map(
    (letter) =>
      question
        .split('\n')
        .find((line) => line.startsWith(`(${letter}) `))
        ?.slice(4) ?? '',
  );

test('the steps of a procedure over several passages are mixed up, and the text alone proves their order', () => {
  const asked = ask(stepsOrder, [manualOf(part('Cleaning the filter', cleaning, notes))]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toContain(
    'In what order are these steps to be taken, according to “Cleaning the filter” in “Tank manual”?\n(A)',
  );
  expect(saidBy(asked)).toEqual(cleaning.map((step) => step.slice(0, -1)));
  expect(asked.gold).not.toEqual([...asked.gold].sort());
  expect(asked.readsBack).toBe(true);
  expect(asked.solve()).toEqual(asked.gold);
  const swapped = asked.solve((text) => text.replace('1. Shut', '9. Then').replace('2. Drain', '2. Shut'));
  expect(swapped).not.toEqual(asked.gold);
});

test('of two procedures in one passage, the later one is carried out first', () => {
  const asked = ask(stepsOrder, [manualOf(part('Cleaning the filter', cleaning), part('Moving the tank', moving))]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toContain(
    'Someone carries out “Moving the tank” and after it “Cleaning the filter”, both as “Tank manual” says.',
  );
  const said = saidBy(asked);
  expect(said.slice(0, 3)).toEqual(moving.map((step) => step.slice(0, -1)));
  expect(said.slice(3)).toEqual(
    cleaning.map((step) => step.slice(0, -1)).filter((step) => said.slice(3).includes(step)),
  );
  expect(said).toHaveLength(7);
  expect(asked.readsBack).toBe(true);
  expect(asked.solve()).toEqual(asked.gold);
  expect(asked.solve((text) => text.replace('## Moving the tank', '## Moving'))).toBeUndefined();
});

test('a text without procedures enough is refused, and so is one procedure that one passage holds', () => {
  expect(ask(stepsOrder, [prose])).toBe('no numbered procedure of five steps, nor two of three');
  expect(ask(stepsOrder, [manualOf(part('Moving the tank', moving))])).toBe(
    'no numbered procedure of five steps, nor two of three',
  );
  expect(ask(stepsOrder, [manualOf(part('Cleaning the filter', cleaning))])).toBe(
    'no procedure over several passages whose steps can be quoted, nor two',
  );
});

test('steps that point back, or whose brackets are left open, are not quoted', () => {
  const manual = manualOf(part('Cleaning the filter', cleaning, notes));
  const pointing = {
    ...manual,
    text: manual.text
      .replace('Drain the tank to', 'Drain the resulting water to')
      .replace('Open the lid', 'Open this lid')
      .replace('with the long key.', 'with the key.')
      .replace('Wash the filter in cold water.', 'Wash the filter (in a tub. Use cold water).'),
  };
  expect(ask(stepsOrder, [pointing])).toContain('whose steps can be quoted');
  expect(typeof ask(stepsOrder, [manual])).toBe('object');
});

test('a condition among the actions is not quoted as a step', () => {
  const withCondition = ['You can clean it only when it is cold.', ...cleaning];
  const asked = ask(stepsOrder, [manualOf(part('Cleaning the filter', withCondition, notes))]);
  if (typeof asked === 'string') throw new Error(asked);
  expect(saidBy(asked)).toEqual(cleaning.map((step) => step.slice(0, -1)));
});
