/** @file T8: entries of one kind (countries, books) in the order of a day that a field of each states. */
import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { isAside, nounOf, saidField } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const entries = { least: 4, most: 9 };
/** A field whose value begins with a day or says since when somebody is in office, and no other day. */
const opensWithDay =
  /^(?:[^;()\d]{2,60}\(since )?(?:\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})(?![\d-])/;
const longestLabel = 60;

interface DayField {
  readonly label: string;
  readonly iso: string;
  readonly span: Span;
  readonly value: string;
}

function dayFields({ records, dates }: Structure): DayField[] {
  const all = records.flatMap(({ fields }) => fields);
  return all.flatMap(({ label, value, span }): DayField[] => {
    const own = dates.filter((date) => date.span.start >= span.start && date.span.end <= span.end);
    const [first] = own;
    const single = all.filter((field) => field.label === label).length === 1;
    const exact = own.filter(({ precision }) => precision === 'day');
    if (first === undefined || !single || !opensWithDay.test(value) || exact.length !== 1) return [];
    if (isAside(label) || label.length > longestLabel) return [];
    return [{ label, iso: first.iso, span, value }];
  });
}

interface Dated {
  readonly name: string;
  readonly iso: string;
  readonly value: string;
  readonly proof: Proof;
}

/** For every field that says a day in some of the documents: those documents with their days. */
function byField({ documents }: Context): { label: string; dated: readonly Dated[] }[] {
  const found = new Map<string, Dated[]>();
  for (const { document, title, facts } of documents)
    for (const { label, iso, span, value } of dayFields(facts))
      found.set(label, [
        ...(found.get(label) ?? []),
        { name: title, iso, value, proof: { document, span: { start: span.start - label.length - 2, end: span.end } } },
      ]);
  return [...found].map(([label, dated]) => ({ label, dated }));
}

const differ = (all: readonly Dated[]): Dated[] =>
  all.filter(({ iso }, i) => all.findIndex((other) => other.iso === iso) === i);

export const recordsOrder: QuestionGenerator = {
  id: 'records-order',
  version: 1,
  task: 'T8',
  subtask: 'order by a stated day',
  asks: 'Asks for the order of several entries by the day that one of their fields states.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 9, each: 120 },
  least: 1024,
  reserve: 160,
  wordings: asked,
  exempt: { g6: 'each of the documents has one of the days' },
  contract: {
    en: 'After [Answer], write the letters from the earliest day to the latest, one on each line.',
    zh: '请在[答案]后按日期由早到晚写出字母，每行一个。',
  },
  places(_document, facts) {
    const found = dayFields(facts);
    if (found.length === 0) return 'no field whose value begins with a day';
    return found.map(({ label, span }) => ({ start: span.start - label.length - 2, end: span.end }));
  },
  draw(context, random) {
    for (const { label, dated } of random.shuffle(byField(context))) {
      const all = differ(random.shuffle(dated));
      if (all.length < entries.least) continue;
      const drawn = all.slice(0, random.integer(entries.least, Math.min(entries.most, all.length)));
      const order = [...drawn].sort((a, b) => (a.iso < b.iso ? -1 : 1));
      return {
        slots: {
          nouns: nounOf(context.documents, context.language).many,
          field: saidField(label),
          options: optionLines(drawn.map(({ name }) => name)),
        },
        gold: order.map((one) => letterOf(drawn.indexOf(one))),
        rationale: order.map(({ name, value }) => `${name}: ${value}`).join('\n'),
        proof: order.map(({ proof }) => proof),
      };
    }
    return 'too few entries that state a day under one field';
  },
  solve,
};
