/** @file The order of a key that ranks or orders: it follows from its values, and these from the documents. */
import { chineseDates } from '../../../corpus/facts/chinese.ts';
import { findDates } from '../../../corpus/facts/dates.ts';
import { foldedText, timesStanding } from '../../gates/locate.ts';
import type { KeyItem } from '../draft.ts';
import { calculate, operandsOf } from './arithmetic.ts';
import { isProved } from './evidence.ts';
import { constants, numbersIn, plainNumber } from './figures.ts';
import { type KeyCheck, provesOf, short } from './key-check.ts';
import { type Said, say } from './said.ts';
import { hanShare } from './words.ts';

/** The date that a value states, comparable; undefined where it states none. */
function dateOf(value: string): string | undefined {
  const [found] = hanShare(value) > 0.2 ? chineseDates(value) : findDates(value);
  if (found !== undefined) return found.iso;
  return /(?<!\d)\d{4}(?!\d)/.exec(value)?.[0];
}

/** Whether values go one way without two that are equal. */
function isOrdered(values: readonly (number | string)[]): boolean {
  const steps = values
    .slice(1)
    .map((value, i) => (value > (values[i] as number | string) ? 1 : value === values[i] ? 0 : -1));
  return steps.every((step) => step === steps[0] && step !== 0);
}

const statedValue = ({ value = '' }: KeyItem): string => value;

/** A value that is worked out from several numbers. */
const isFormula = (value: string): boolean => /^[\d.,\s()+\-*/×÷]+$/.test(value) && /\d\s*\)?\s*[+\-*/×÷]/.test(value);

const bareFormula = (value: string): string => value.replace(/(?<=\d),(?=\d{3})/g, '');

function numberOf(value: string): number | undefined {
  if (!isFormula(value)) return plainNumber(value);
  try {
    return calculate(bareFormula(value), new Map());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Numbers of a formula that stand neither by the facts of the item nor in what it is said to be. */
function strangeNumbers({ written, facts }: KeyCheck, item: KeyItem): number[] {
  const stated = new Set([
    ...constants,
    ...numbersIn(`${item.text ?? ''}\n${written.question}`),
    ...provesOf(item, facts).flatMap(({ text }) => numbersIn(text)),
  ]);
  return operandsOf(bareFormula(statedValue(item))).numbers.filter((number) => !stated.has(number));
}

function valueFaults(check: KeyCheck): Said[] {
  return check.written.answer.flatMap((item) => {
    const value = statedValue(item);
    if (numberOf(value) === undefined)
      return [say(`the value ${short(value)} is no number`, `数值 ${short(value)} 不是数`)];
    if (isFormula(value))
      return strangeNumbers(check, item).map((number) =>
        say(
          `${number} in the value ${short(value)} stands neither by the facts ${item.from.join(', ')} nor in the item`,
          `算式 ${short(value)} 中的 ${number} 既不在事实 ${item.from.join('、')} 处，也不在该项中`,
        ),
      );
    const inDigits = /^[\d.,]+$/.test(value) && strangeNumbers(check, item).length === 0;
    return inDigits || isProved(value, provesOf(item, check.facts))
      ? []
      : [
          say(
            `the facts ${item.from.join(', ')} do not show ${short(value)} in these words`,
            `事实 ${item.from.join('、')} 中没有 ${short(value)} 这样的写法`,
          ),
        ];
  });
}

/** By what is stated, worked out or counted; figures with scales in words are the judge's to compare. */
function byValue(check: KeyCheck): Said[] {
  const values = check.written.answer.map(statedValue);
  const faults = valueFaults(check);
  const scaled = values.some((value) => /hundred|thousand|million|billion|trillion|[百千万亿]|%/i.test(value));
  const numbers = values.flatMap((value) => numberOf(value) ?? []);
  if (scaled || numbers.length < values.length || isOrdered(numbers)) return faults;
  const shown = values.map((value, i) => (isFormula(value) ? `${value} = ${numbers[i]}` : value));
  return [
    ...faults,
    say(
      `the items are not in the order of their values, or two are equal: ${shown.join(', ')}`,
      `各项不是按数值排列，或有两项相等：${shown.join('；')}`,
    ),
  ];
}

function byCount({ written, shown }: KeyCheck): Said[] {
  const texts = shown.map(({ text }) => foldedText(text));
  const faults = written.answer.flatMap((item) => {
    const { text = '' } = item;
    const times = texts.reduce((sum, one) => sum + timesStanding(one, foldedText(text), 1e6), 0);
    return String(times) === statedValue(item).trim()
      ? []
      : [
          say(
            `${short(text)} stands ${times} times, not ${statedValue(item)}`,
            `${short(text)} 出现 ${times} 次，不是 ${statedValue(item)} 次`,
          ),
        ];
  });
  if (faults.length > 0 || isOrdered(written.answer.map((item) => Number(statedValue(item))))) return faults;
  return [say('the items are not in the order of their numbers, or two are equal', '各项不是按次数排列，或有两项相等')];
}

function byDate({ written }: KeyCheck): Said[] {
  const dates = written.answer.map((item) => dateOf(statedValue(item)));
  const bare = written.answer.find((_, i) => dates[i] === undefined);
  if (bare !== undefined)
    return [say(`the value ${short(statedValue(bare))} is no date`, `数值 ${short(statedValue(bare))} 不是日期`)];
  const known = dates.flatMap((date) => date ?? []);
  if (isOrdered(known) && (known[0] ?? '') < (known[1] ?? '')) return [];
  return [
    say(
      `the dates are not in order, or not exact enough to tell: ${known.join(', ')}`,
      `日期不是按先后排列，或不够确切：${known.join('；')}`,
    ),
  ];
}

function byPlace({ written, facts }: KeyCheck): Said[] {
  const at = written.answer.map(({ from }) => {
    const fact = facts[(from[0] ?? 1) - 1];
    return (fact?.document ?? 0) * 1e9 + (fact?.spans[0]?.start ?? 0);
  });
  if (isOrdered(at) && (at[0] ?? 0) < (at[1] ?? 0)) return [];
  return [
    say('the items are not in the order in which their first facts stand', '各项的次序与其首条事实在文中的次序不同'),
  ];
}

/** What is wrong with the order, by what it is said to follow from; steps of a procedure are numbered. */
export function orderFaults(check: KeyCheck): Said[] {
  const { checks } = check.subTask;
  if (checks.includes('by-place')) return byPlace(check);
  if (checks.includes('by-date')) return byDate(check);
  if (checks.includes('by-count')) return byCount(check);
  if (checks.includes('by-value')) return byValue(check);
  const bare = check.written.answer.find((item) => plainNumber(statedValue(item)) === undefined);
  return bare === undefined
    ? []
    : [say(`the value ${short(statedValue(bare))} is no number`, `数值 ${short(statedValue(bare))} 不是数`)];
}
