/** @file A calculated key: the figures stand in their facts, and the formula gives the key as it is rounded. */
import { fold } from '../../gates/locate.ts';
import type { Figure, Written } from '../draft.ts';
import { calculate, operandsOf, rounded } from './arithmetic.ts';
import { isProved, type LocatedFact } from './evidence.ts';
import { type Said, say } from './said.ts';

/** Numbers that a formula may bring along: small counts, percent, powers of ten, parts of a year, day and circle. */
export const constants: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 24, 30, 52, 60, 100, 360, 365, 366, 1000, 1e4, 1e5, 1e6, 1e8, 1e9, 1e12,
]);

const small: ReadonlyMap<string, number> = new Map([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, number): [string, number] => [word, number]),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, number): [string, number] => [word, 10 * (number + 2)]),
]);
const large: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);

/** The number in English words that a figure begins with: `one thousand one hundred inhabitants` is 1100. */
function wordNumber(text: string): number | undefined {
  let [whole, part, known] = [0, 0, false];
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const [own, scale] = [small.get(word), large.get(word)];
    if (own !== undefined) part += own;
    else if (word === 'hundred') part = Math.max(1, part) * 100;
    else if (scale !== undefined) [whole, part] = [whole + Math.max(1, part) * scale, 0];
    else if (known && word !== 'and') break;
    else continue;
    known = true;
  }
  return known ? whole + part : undefined;
}

const hanDigits = '零一二三四五六七八九';
const hanUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const hanScales: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/** The number in Chinese characters that a figure begins with: `六千八百元` is 6800, `二〇一八年` 2018. */
function hanNumber(text: string): number | undefined {
  const run = /[〇零一二两三四五六七八九十百千万亿]+/.exec(text)?.[0].replace(/〇/g, '零').replace(/两/g, '二');
  if (run === undefined) return undefined;
  if (!/[十百千万亿]/.test(run)) return Number([...run].map((digit) => hanDigits.indexOf(digit)).join(''));
  let [whole, part, digit] = [0, 0, 0];
  for (const character of run) {
    const [unit, scale] = [hanUnits[character], hanScales[character]];
    if (scale !== undefined) [whole, part, digit] = [whole + (part + digit) * scale, 0, 0];
    else if (unit !== undefined) [part, digit] = [part + Math.max(1, digit) * unit, 0];
    else digit = hanDigits.indexOf(character);
  }
  return whole + part + digit;
}

/** The number that a figure begins with, without separators, marks of currency and units; its scale is the formula's. */
export function plainNumber(text: string): number | undefined {
  const digits = /-?\d[\d,，]*(?:\.\d+)?/.exec(text)?.[0].replace(/[,，]/g, '');
  if (digits !== undefined) return Number(digits);
  return wordNumber(text) ?? hanNumber(text);
}

/** A run of English number words. */
const numberWords = new RegExp(
  `\\b(?:${[...small.keys(), ...large.keys(), 'hundred'].join('|')})(?:[\\s-]+(?:and\\s+)?(?:${[...small.keys(), ...large.keys(), 'hundred'].join('|')}))*\\b`,
  'gi',
);

/** All numbers that a text states, in digits, English words or Chinese characters. */
export function numbersIn(text: string): number[] {
  const digits = [...text.matchAll(/\d[\d,，]*(?:\.\d+)?/g)].map(([run]) => Number(run.replace(/[,，]/g, '')));
  const words = [...text.matchAll(numberWords)].flatMap(([run]) => wordNumber(run) ?? []);
  const han = [...text.matchAll(/[〇零一二两三四五六七八九十百千万亿]+/g)].flatMap(([run]) => hanNumber(run) ?? []);
  return [...digits, ...words, ...han];
}

/** Characters of the digits alone, so that `12,400` and `12400` are one. */
const bareDigits = (text: string): string => text.replace(/(?<=\d)[,，](?=\d{3})/g, '');

function figureFault({ name, from, value }: Figure, facts: readonly LocatedFact[]): Said | undefined {
  const number = plainNumber(value);
  if (number === undefined) return say(`the figure ${name} is no number: ${value}`, `数字 ${name} 不是数：${value}`);
  // A count of facts is proved by the facts that it counts.
  if (number === new Set(from).size && from.length > 1) return undefined;
  const proves = from.flatMap((one) => facts[one - 1]?.proves ?? []).map(({ text }) => fold(bareDigits(text)));
  const digits = /-?\d[\d,，]*(?:\.\d+)?/.exec(value)?.[0] ?? value;
  if (isProved(bareDigits(value), proves) || isProved(bareDigits(digits.replace(/^-/, '')), proves)) return undefined;
  return say(`the figure ${name} (${value}) does not stand by its facts`, `数字 ${name}（${value}）不在其事实处`);
}

/** The values of the figures by name. */
export const figureValues = (figures: readonly Figure[]): ReadonlyMap<string, number> =>
  new Map(figures.map(({ name, value }) => [name, plainNumber(value) ?? Number.NaN]));

const saysRounding = /round|decimal|nearest|whole (?:number|percent)|integer|四舍五入|保留|小数|取整|整数|精确到/i;

function resultFault({ formula = '', figures = [], decimals = -1, answer, question }: Written): Said | undefined {
  const key = answer[0]?.text ?? '';
  if (!/^-?\d[\d,]*(?:\.\d+)?$/.test(key))
    return say(`the key is not a number alone: ${key}`, `答案不是单独一个数：${key}`);
  const values = figureValues(figures);
  const { numbers, names } = operandsOf(formula);
  const foreign = numbers.find((number) => !constants.has(number));
  if (foreign !== undefined)
    return say(`the formula holds ${foreign}, which is no figure of the list`, `算式中的 ${foreign} 不在数字表里`);
  const unused = figures.find(({ name }) => !names.includes(name));
  if (unused !== undefined)
    return say(`the formula does not use the figure ${unused.name}`, `算式没有用到数字 ${unused.name}`);
  const result = calculate(formula, values);
  const wanted = decimals < 0 ? result : rounded(result, decimals);
  const given = Number(key.replaceAll(',', ''));
  if (!Number.isFinite(result) || Math.abs(wanted - given) > 1e-9 * Math.max(1, Math.abs(wanted)))
    return say(
      `${formula} gives ${Number(wanted.toPrecision(12))}, not ${key}`,
      `${formula} 得 ${Number(wanted.toPrecision(12))}，不是 ${key}`,
    );
  if (decimals >= 0 && Math.abs(result - wanted) > 1e-9 && !saysRounding.test(question))
    return say('the question does not say how the number is rounded', '问题没有说明结果如何取舍');
  return undefined;
}

/** All that is wrong with a calculated key. */
export function calculationFaults(written: Written, facts: readonly LocatedFact[]): Said[] {
  const { figures = [], formula = '' } = written;
  const faults = figures.flatMap((figure) => figureFault(figure, facts) ?? []);
  const stated = new Set(figures.map(({ name }) => name));
  if (stated.size < figures.length) faults.push(say('two figures have one name', '有两个数字同名'));
  const counts = figures.some(({ from, value }) => plainNumber(value) === new Set(from).size && from.length > 1);
  if (figures.length < 2 && !counts)
    faults.push(
      say('the key needs two figures, or a count of several facts', '答案须由两个数字得出，或为若干事实的计数'),
    );
  try {
    const fault = resultFault(written);
    if (fault !== undefined) faults.push(fault);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    faults.push(
      say(`${error.message} (in ${formula.slice(0, 80)})`, `算式有误：${formula.slice(0, 80)}（${error.message}）`),
    );
  }
  return faults;
}
