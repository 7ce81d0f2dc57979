/**
 * @file Keys that are wrong by one thing, made by a program: an item dropped or added, neighbours swapped, the figure beside the right one, a
 * plausible distractor, a claim altered. A judge that cannot tell them from the key is not believed.
 */
import type { Span } from '../../../corpus/document.ts';
import { chineseDates } from '../../../corpus/facts/chinese.ts';
import { findDates } from '../../../corpus/facts/dates.ts';
import { findNames } from '../../../corpus/facts/names.ts';
import { findNumbers } from '../../../corpus/facts/numbers.ts';
import type { Random } from '../../../random.ts';
import type { Written } from '../draft.ts';
import { structureOf } from '../shown-documents.ts';
import { calculate, rounded } from './arithmetic.ts';
import { inPlaceOf, otherHanNumber } from './chinese-misses.ts';
import type { DraftPlace } from './draft-place.ts';
import type { LocatedFact } from './evidence.ts';
import { figureValues, plainNumber } from './figures.ts';
import { hanShare, overlap } from './words.ts';

/** A wrong key in the form of the answer, and what was done to it. */
export interface NearMiss {
  readonly kind: string;
  readonly gold: readonly string[];
}

/** What near misses are made from. */
export interface MissSource {
  readonly place: DraftPlace;
  readonly written: Written;
  readonly facts: readonly LocatedFact[];
  readonly gold: readonly string[];
  readonly random: Random;
}

const swap = <T>(items: readonly T[], i: number, j: number): T[] =>
  items.map((item, k) => (k === i ? (items[j] as T) : k === j ? (items[i] as T) : item));

/** Characters around a fact in which a neighbour of the key is looked for. */
const beside = 1500;

/** Spans like the key near its facts: figures for a figure, names for a name, words of the same number else. */
function neighbours({ place, facts }: MissSource, key: string): string[] {
  return facts.flatMap(({ document, spans }) => {
    const text = place.shown[document]?.text ?? '';
    const at = spans[0]?.start ?? 0;
    const around = text.slice(Math.max(0, at - beside), at + beside);
    const found = spansLike(key, around);
    return found.filter((one) => !one.includes('\n') && one !== key && !key.includes(one) && !one.includes(key));
  });
}

/** Spans of the kind of the key: dates for a date, figures with their units for a figure, names else. */
function spansLike(key: string, around: string): string[] {
  const chinese = hanShare(key) > 0.3;
  const cut = ({ start, end }: Span): string => around.slice(start, end);
  const dates = chinese ? chineseDates : findDates;
  if (dates(key).length > 0) return dates(around).map(({ span }) => cut(span));
  if (chinese && /[〇零一二两三四五六七八九十百千万]/.test(key))
    return (around.match(/[〇零一二两三四五六七八九十百千万]+\p{Script=Han}/gu) ?? []).filter(
      (one) => one.at(-1) === key.at(-1),
    );
  return /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b/i.test(key)
    ? findNumbers(around).map(({ span }) => cut(span))
    : namesIn(around);
}

const namesIn = (text: string): string[] => findNames(text, 1).map(({ name }) => name);

/** Other names of the documents, the oftenest mentioned first. */
const namesOf = ({ place }: MissSource): string[] =>
  place.shown.flatMap(({ document }) => structureOf(document).names.map(({ name }) => name));

const shownTexts = ({ place }: MissSource): string[] => place.shown.map(({ text }) => text);

function values(source: MissSource): NearMiss[] {
  const [key = ''] = source.gold;
  const near = [...new Set(neighbours(source, key))];
  const others = [...namesOf(source).filter((name) => overlap(name, key) === 0), ...inPlaceOf(shownTexts(source), key)];
  const altered = otherHanNumber(key);
  const chosen =
    near.length > 0
      ? source.random.sample(near, 2)
      : [...(altered === undefined ? [] : [altered]), ...others].slice(0, 1);
  return chosen.map((one) => ({ kind: 'adjacent', gold: [one] }));
}

function lists(source: MissSource): NearMiss[] {
  const { gold, random, written } = source;
  const said = `${gold.join('\n')}\n${written.question}`;
  const strange = [...neighbours(source, gold[0] ?? ''), ...namesOf(source)].find(
    (name) => overlap(name, said) === 0 && !said.includes(name),
  );
  const dropped: NearMiss = { kind: 'dropped', gold: random.sample(gold, gold.length - 1) };
  const added: NearMiss[] = strange === undefined ? [] : [{ kind: 'added', gold: random.shuffle([...gold, strange]) }];
  return random.shuffle([dropped, ...added]);
}

function numbers(source: MissSource): NearMiss[] {
  const { written, gold, random } = source;
  const { figures = [], formula = '', decimals = -1 } = written;
  const values = figureValues(figures);
  const near = neighbours(source, gold[0] ?? '').flatMap((one) => plainNumber(one) ?? []);
  const known = new Set(values.values());
  const made = random.shuffle(figures).flatMap(({ name }) => {
    const other = near.find((number) => !known.has(number) && number !== 0);
    if (other === undefined) return [];
    const result = calculate(formula, new Map([...values, [name, other]]));
    return Number.isFinite(result) ? [result] : [];
  });
  const key = Number((gold[0] ?? '').replaceAll(',', ''));
  // A result of another size is no near miss.
  const likely = made.filter((result) => result / key > 0.3 && result / key < 3);
  const results = [...likely, key + (decimals > 0 ? 10 ** -decimals : 1)]
    .map((result) => (decimals < 0 ? Number(result.toPrecision(12)) : rounded(result, decimals)))
    .filter((result) => Number.isFinite(result) && result !== key);
  return [...new Set(results)].slice(0, 2).map((result) => ({ kind: 'adjacent-figure', gold: [String(result)] }));
}

function tables({ gold, written, random }: MissSource): NearMiss[] {
  const { columns = [], answer } = written;
  const data = answer.map(({ cells = [] }) => cells);
  const table = (rows: readonly (readonly string[])[]): string[] => [JSON.stringify({ columns, data: rows })];
  const dropped: NearMiss = { kind: 'dropped-row', gold: table(random.sample(data, data.length - 1)) };
  const column = columns.length - 1;
  const [i, j] = [0, data.findIndex((row) => row[column] !== data[0]?.[column])];
  const swapped = data.map((row, k) =>
    k === i
      ? [...row.slice(0, -1), data[j]?.[column] ?? '']
      : k === j
        ? [...row.slice(0, -1), data[i]?.[column] ?? '']
        : row,
  );
  const cells: NearMiss[] = j < 0 ? [] : [{ kind: 'swapped-cells', gold: table(swapped) }];
  return random.shuffle([...cells, dropped]).filter(({ gold: made }) => made[0] !== gold[0]);
}

function labels({ gold }: MissSource): NearMiss[] {
  const names = gold.map((line) => line.slice(line.indexOf(': ') + 2));
  const other = names.findIndex((name) => name !== names[0]);
  const turned = swap(names, 0, other).map((name, i) => `F${i + 1}: ${name}`);
  return other < 0 ? [] : [{ kind: 'swapped-labels', gold: turned }];
}

function orders({ gold, random }: MissSource): NearMiss[] {
  const at = random.integer(0, gold.length - 2);
  return [{ kind: 'swapped-neighbours', gold: swap(gold, at, at + 1) }];
}

/** Words that turn a claim around. */
const turnedWords: readonly (readonly [RegExp, string])[] = [
  [/\bfewer than\b/, 'more than'],
  [/\bmore than\b/, 'fewer than'],
  [/\bunder\b(?= \w+ (?:square|percent|per cent|million|thousand))/, 'over'],
  [/\bbefore\b/, 'after'],
  [/\bunfinished\b/, 'finished'],
  [/\bnobody\b/, 'everybody'],
  [/\bNobody\b/, 'Everybody'],
  [/\bstill not\b/, 'by now'],
  [/\bnever\b/, 'always'],
  [/\bcheaper\b/, 'dearer'],
  [/不必/, '必须'],
  [/免费|免收/, '照常收费'],
  [/超过/, '不足'],
  [/之前/, '之后'],
];

function summaries(source: MissSource): NearMiss[] {
  const [key = ''] = source.gold;
  const figure = findNumbers(key).find(({ digits }) => digits.length > 1);
  const misses: NearMiss[] = [];
  if (figure !== undefined) {
    const digits = figure.digits;
    // A year stays one of its time.
    const step = /^1[5-9]\d\d$|^20\d\d$/.test(digits) ? 6 : Math.max(2, Math.round(Number(digits) * 0.2));
    const other = String(Number(digits) - step);
    misses.push({ kind: 'altered-figure', gold: [key.replace(digits, other)] });
  }
  const altered = otherHanNumber(key);
  if (figure === undefined && altered !== undefined && altered !== key)
    misses.push({ kind: 'altered-figure', gold: [altered] });
  const inside = namesOf(source).filter((name) => key.includes(name));
  const outside = namesOf(source).find((name) => !key.includes(name) && overlap(name, key) === 0);
  const [first] = inside;
  if (first !== undefined && outside !== undefined)
    misses.push({ kind: 'altered-name', gold: [key.replaceAll(first, outside)] });
  for (const [one, other] of turnedWords) {
    const at = key.search(one);
    if (at < 0 || misses.length > 1) continue;
    misses.push({ kind: 'altered-relation', gold: [key.replace(one, other)] });
  }
  // A third of it cannot make most of the key points.
  const sentences = key.split(/(?<=[.!?。！？；;])\s*/).filter((sentence) => sentence !== '');
  const kept = sentences.slice(0, Math.floor(sentences.length / 3));
  if (kept.length > 0) misses.push({ kind: 'dropped-sentences', gold: [kept.join(' ')] });
  return misses;
}

/** Wrong keys, none equal to the key. */
export function nearMisses(source: MissSource): NearMiss[] {
  const { place, gold, random } = source;
  const key = gold.join('\n');
  const made = ((): NearMiss[] => {
    switch (place.subTask.task) {
      case 'T1':
        return values(source);
      case 'T2':
        return random
          .shuffle(['A', 'B', 'C', 'D'].filter((letter) => letter !== gold[0]))
          .map((letter) => ({ kind: 'distractor', gold: [letter] }));
      case 'T3':
        return lists(source);
      case 'T4':
        return numbers(source);
      case 'T5':
        return tables(source);
      case 'T6':
        return labels(source);
      case 'T9':
        return summaries(source);
      default:
        return orders(source);
    }
  })();
  return made.filter((miss) => miss.gold.join('\n') !== key && miss.gold.length > 0);
}
