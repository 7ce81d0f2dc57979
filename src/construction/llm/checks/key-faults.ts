/**
 * @file What is wrong with the key of a draft, by task: its items follow from their facts, its order from their values. Every fault is told, so
 * that a model mends them all at once.
 */

import { chineseDates } from '../../../corpus/facts/chinese.ts';
import { findDates } from '../../../corpus/facts/dates.ts';
import { foldedText, timesStanding } from '../../gates/locate.ts';
import type { SubTask } from '../catalogue/sub-task.ts';
import type { KeyItem, Written } from '../draft.ts';
import type { ShownDocument } from '../shown-documents.ts';
import { foldedDocument, isProved, type LocatedFact } from './evidence.ts';
import { calculationFaults, plainNumber } from './figures.ts';
import { bareWords, hanShare, isCopied, isOfDocuments, statedLimit, summaryLength } from './words.ts';

/** What the key of a draft is held against; all facts were found. */
export interface KeyCheck {
  readonly subTask: SubTask;
  readonly written: Written;
  readonly facts: readonly LocatedFact[];
  readonly shown: readonly ShownDocument[];
}

const provesOf = ({ from }: KeyItem, facts: readonly LocatedFact[]) =>
  from.flatMap((number) => facts[number - 1]?.proves ?? []);

const short = (text: string): string => `"${text.slice(0, 80)}"`;

/** Items that their facts do not show. */
function unproved({ written, facts }: KeyCheck, wordsOf: (item: KeyItem) => readonly string[]): string[] {
  return written.answer.flatMap((item) =>
    wordsOf(item)
      .filter((words) => !isProved(words, provesOf(item, facts)))
      .map((words) => `the facts ${item.from.join(', ')} do not show ${short(words)} in these words`),
  );
}

const textOf = ({ text = '' }: KeyItem): string => text;

function valueFaults(check: KeyCheck): string[] {
  const [only] = check.written.answer;
  const words = textOf(only ?? { from: [] });
  const tooLong = words.split(/\s+/).length > 8 || words.length > 60;
  return [...(tooLong ? [`the value is too long: ${short(words)}`] : []), ...unproved(check, (item) => [textOf(item)])];
}

function optionFaults({ written, shown }: KeyCheck): string[] {
  const right = textOf(written.answer[0] ?? { from: [] });
  const all = [right, ...(written.distractors ?? []).map(({ text }) => text)];
  const faults: string[] = [];
  if (new Set(all.map((option) => bareWords(option).join(' '))).size < all.length) faults.push('two options are equal');
  const documents = shown.map((one) => foldedDocument(one).plain);
  for (const option of all)
    if (!isOfDocuments(option, documents)) faults.push(`the option has nothing of the documents: ${short(option)}`);
  const asked = foldedText(written.question);
  const told = all.filter((option) => timesStanding(asked, foldedText(option)) > 0);
  if (told.includes(right) && told.length < all.length) faults.push(`the question tells the key: ${short(right)}`);
  const lengths = all.map((option) => (hanShare(option) > 0.5 ? 2 * option.length : option.length));
  const others = lengths.slice(1);
  if ((lengths[0] ?? 0) > 1.6 * Math.max(...others) || 1.6 * (lengths[0] ?? 0) < Math.min(...others))
    faults.push('the right option is told by its length: make all four alike');
  return faults;
}

function tableFaults(check: KeyCheck): string[] {
  const { answer, columns = [] } = check.written;
  const ragged = answer.some(({ cells = [] }) => cells.length !== columns.length);
  const faults = ragged ? [`a row has not ${columns.length} cells`] : [];
  const rows = answer.map(({ cells = [] }) => JSON.stringify(cells.map(foldedText)));
  if (new Set(rows).size < rows.length) faults.push('two rows are equal');
  return [...faults, ...unproved(check, ({ cells = [] }) => cells)];
}

function labelFaults({ written, facts, shown }: KeyCheck): string[] {
  const { answer, question } = written;
  const faults = answer.flatMap((item) => {
    const [label, fragment] = [textOf(item), item.fragment ?? ''];
    const known =
      timesStanding(foldedText(question), foldedText(label), 1) > 0 ||
      isProved(label, provesOf(item, facts)) ||
      shown.some(({ title }) => foldedText(title).includes(foldedText(label)));
    return [
      ...(known ? [] : [`the label ${short(label)} stands neither in the question nor by its facts`]),
      ...(timesStanding(foldedText(fragment), foldedText(label), 1) > 0
        ? [`a fragment tells its label: ${short(fragment)}`]
        : []),
    ];
  });
  if (new Set(answer.map(textOf)).size < 2) faults.push('all fragments have one label');
  if (new Set(answer.map(({ fragment = '' }) => foldedText(fragment))).size < answer.length)
    faults.push('two fragments are equal');
  return faults;
}

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

function orderFaults({ subTask: { checks }, written, facts }: KeyCheck): string[] {
  const { answer } = written;
  const values = answer.map(({ value = '' }) => value);
  if (checks.includes('by-place')) {
    const at = answer.map(({ from }) => {
      const fact = facts[(from[0] ?? 1) - 1];
      return (fact?.document ?? 0) * 1e9 + (fact?.spans[0]?.start ?? 0);
    });
    return isOrdered(at) && (at[0] ?? 0) < (at[1] ?? 0)
      ? []
      : ['the items are not in the order in which their first facts stand'];
  }
  if (checks.includes('by-date')) {
    const dates = values.map(dateOf);
    const bare = values.find((_, i) => dates[i] === undefined);
    if (bare !== undefined) return [`the value ${short(bare)} is no date`];
    const known = dates.flatMap((date) => date ?? []);
    return isOrdered(known) && (known[0] ?? '') < (known[1] ?? '')
      ? []
      : [`the dates are not in order, or not exact enough to tell: ${known.join(', ')}`];
  }
  const numbers = values.map(plainNumber);
  const bare = values.find((_, i) => numbers[i] === undefined);
  if (bare !== undefined) return [`the value ${short(bare)} is no number`];
  const scaled = values.some((value) => /hundred|thousand|million|billion|trillion|[百千万亿]|%/i.test(value));
  if (checks.includes('by-value') && !scaled && !isOrdered(numbers.flatMap((number) => number ?? [])))
    return [`the items are not in the order of their values, or two are equal: ${values.join(', ')}`];
  return [];
}

/** Items that stand in the question must not show their place in the order. */
function listedFaults({ written }: KeyCheck): string[] {
  const texts = written.answer.map(textOf);
  const faults = new Set(texts.map(foldedText)).size < texts.length ? ['two items are equal'] : [];
  for (const { text = '', value = '' } of written.answer) {
    const telling = value.length > 1 && timesStanding(foldedText(text), foldedText(value), 1) > 0;
    if (telling) faults.push(`the item ${short(text)} holds its own value`);
  }
  return faults;
}

function rankedFaults(check: KeyCheck): string[] {
  const values =
    check.subTask.checks.includes('by-value') || check.subTask.checks.includes('by-date')
      ? unproved(check, ({ value = '' }) => [value])
      : [];
  return [...listedFaults(check), ...orderFaults(check), ...values];
}

function summaryFaults({ written, shown }: KeyCheck): string[] {
  const { summary = '', question } = written;
  const documents = shown.map((one) => foldedDocument(one).plain);
  const limit = statedLimit(question);
  const length = summaryLength(summary);
  const faults: string[] = [];
  if (limit === undefined) faults.push('the question states no limit in words');
  else if (length > limit) faults.push(`the summary has ${length} words, the question allows ${limit}`);
  if (length < 20) faults.push(`the summary has only ${length} words`);
  if (/\n/.test(summary.trim())) faults.push('the summary is more than one paragraph');
  if (isCopied(summary, documents)) faults.push('the summary is a copy of the documents: use your own words');
  if (hanShare(summary) > 0.2 !== hanShare(question) > 0.2) faults.push('the summary is in another language');
  return faults;
}

const byTask: Readonly<Record<SubTask['task'], (check: KeyCheck) => string[]>> = {
  T1: valueFaults,
  T2: optionFaults,
  T3: (check) => {
    const texts = check.written.answer.map((item) => foldedText(textOf(item)));
    const twice = new Set(texts).size < texts.length ? ['two items are equal'] : [];
    return [...twice, ...unproved(check, (item) => [textOf(item)])];
  },
  T4: ({ written, facts }) => calculationFaults(written, facts),
  T5: tableFaults,
  T6: labelFaults,
  T7: rankedFaults,
  T8: rankedFaults,
  T9: summaryFaults,
};

/** Characters between two facts of one paragraph that make two places of it: some texts are one paragraph. */
const apart = 400;

function standApart(facts: readonly LocatedFact[], shown: readonly ShownDocument[]): boolean {
  const places = facts.map(({ document, spans }) => ({ document, start: spans[0]?.start ?? 0 }));
  const paragraphs = places.map(
    ({ document, start }) => `${document} ${(shown[document]?.text ?? '').lastIndexOf('\n', start)}`,
  );
  const starts = places.map(({ start }) => start);
  return new Set(paragraphs).size > 1 || Math.max(...starts) - Math.min(...starts) >= apart;
}

function spreadFaults({ subTask: { checks }, facts, shown }: KeyCheck): string[] {
  const faults: string[] = [];
  if (checks.includes('apart') && !standApart(facts, shown))
    faults.push('all facts stand in one place: use two or more, apart');
  const without = shown.find((_, document) => !facts.some((fact) => fact.document === document));
  if (checks.includes('each-document') && without !== undefined)
    faults.push(`no fact is of the document "${without.title}"`);
  return faults;
}

/** All faults of the key; empty when it follows from the facts. */
export function keyFaults(check: KeyCheck): string[] {
  const { written, facts } = check;
  const beyond = written.answer.flatMap(({ from }) => from.filter((number) => number > facts.length));
  if (beyond.length > 0) return [`there are ${facts.length} facts, the key names fact ${beyond[0]}`];
  return [...byTask[check.subTask.task](check), ...spreadFaults(check)];
}
