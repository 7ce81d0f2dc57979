/**
 * @file What a question says about its answer: the units it speaks of and the one it asks for, percent, base, order, rounding.
 */
import { Recent } from '../../recent.ts';
import type { Unit } from './dimension.ts';
import { magnitudes } from './magnitude.ts';
import { readUnit } from './read-unit.ts';
import { isLetterUnit, unitTable } from './unit-table.ts';

/** What a sample says about how its answer is to be judged. */
export interface JudgeOptions {
  readonly question?: string | undefined;
  /** How far a number may lie from the gold: absolute, or relative as `1%`. */
  readonly tolerance?: number | string | undefined;
  /** Whether the order of a list counts; where undefined, braces and bare lists are free, tuples are not. */
  readonly ordered?: boolean | undefined;
  /** Whether an inequality equals the set of its solutions; true by default. */
  readonly relationsAsSets?: boolean | undefined;
  /** Whether a unit that the gold states must be stated; false by default: `5` answers `5 m`, `5 km` does not. */
  readonly unitsDemanded?: boolean | undefined;
}

/** The options, and what the question says. */
export interface Context extends JudgeOptions {
  /** Units that the question names. */
  readonly unitsNamed: readonly Unit[];
  /** The unit that the question asks for: "how many metres", "in km/h", "多少米". */
  readonly unitAsked: Unit | undefined;
  /** The question speaks of a percentage. */
  readonly percentAsked: boolean;
  /** It wants a number of percent: "in percent", "as a percentage". */
  readonly inPercent: boolean;
  /** "In millions": a bare number counts these. */
  readonly magnitudeAsked: string | undefined;
  readonly baseAsked: number | undefined;
  readonly inOrder: boolean;
  /** It speaks of lists, points or vectors and of no interval: `[1, 2]` is a pair. */
  readonly listAsked: boolean;
  /** It asks how many there are. */
  readonly countAsked: boolean;
  readonly ratioAsked: boolean;
  /** Decimals or significant digits that the question asks for. */
  readonly rounding: { readonly decimals?: number; readonly digits?: number } | undefined;
  readonly dateOrder: 'month-first' | 'day-first' | undefined;
}

const asking =
  /\b(?:how many|how much|number of|in|into|nearest|to the nearest|unit:?|units of)\s+((?:square |cubic |sq\.? |cu\.? )?[a-zA-Z°$€£/^²³]+(?:(?:\s+per\s+|\s+)[a-zA-Z]+)?)/gi;
const askingHan = /(?:多少|几|单位[：:是为]?)\s*(个?[\u4e00-\u9fff]{1,6}|[a-zA-Z/²³^]{1,8})/g;

function askedUnit(question: string): Unit | undefined {
  for (const match of question.matchAll(asking)) {
    const words = (match[1] ?? '').split(' ');
    for (let n = words.length; n > 0; n--) {
      const name = words.slice(0, n).join(' ');
      const unit = isLetterUnit(name) || name === 'in' || name === 'a' ? undefined : readUnit(name);
      if (unit !== undefined) return unit;
    }
  }
  for (const match of question.matchAll(askingHan)) {
    const text = match[1] ?? '';
    for (let n = text.length; n > 0; n--) {
      const unit = readUnit(text.slice(0, n));
      if (unit !== undefined && !(n === 1 && '天年月日度'.includes(text.charAt(0)) && text.length > 1)) return unit;
    }
  }
  return undefined;
}

const unitWords = [...unitTable.keys()].filter((name) => !isLetterUnit(name));
const latinNames = new Set(unitWords.filter((name) => /^[a-zA-Z°]/.test(name)));
const ignored = new Set([
  'in',
  'a',
  'are',
  'second',
  'min',
  'bar',
  'foot',
  'mole',
  'as',
  'at',
  'am',
  'pm',
  'ha',
  'mark',
]);

function namedUnits(question: string): Unit[] {
  const units: Unit[] = [];
  for (const word of question.match(/[a-zA-Z°]+(?:\/[a-zA-Z]+)?(?:\^?[23])?/g) ?? []) {
    if (!(latinNames.has(word) || latinNames.has(word.toLowerCase()) || /[/\d^]/.test(word))) continue;
    const unit = ignored.has(word) ? undefined : readUnit(word);
    if (unit !== undefined) units.push(unit);
  }
  // A letter behind a number is a unit here: "a rope of 5 m".
  for (const match of question.matchAll(/\d\s*([mgshLtWJNVAKC])\b(?![(^=+])/g)) {
    const unit = readUnit(match[1] ?? '');
    if (unit !== undefined) units.push(unit);
  }
  for (const match of question.matchAll(
    /[\d几多少]\s*(平方|立方)?(米|厘米|毫米|千米|公里|千克|公斤|克|吨|小时|分钟|秒|升|毫升|元)/g,
  )) {
    const unit = readUnit(`${match[1] ?? ''}${match[2] ?? ''}`);
    if (unit !== undefined) units.push(unit);
  }
  return units;
}

const percentWords = /percent|per cent|%|百分之|百分比|百分率|percentage/i;
const bases: Readonly<Record<string, number>> = { binary: 2, octal: 8, hexadecimal: 16, hex: 16, ternary: 3 };
const hanBases: Readonly<Record<string, number>> = { 二: 2, 八: 8, 十六: 16, 三: 3, 五: 5, 四: 4, 七: 7, 六: 6, 九: 9 };

function askedBase(question: string): number | undefined {
  const match = /\bbase[\s-]*(\d+)/i.exec(question);
  if (match !== null) return Number(match[1]);
  const name = /\b(binary|octal|hexadecimal|hex|ternary)\b/i.exec(question)?.[1];
  if (name !== undefined) return bases[name.toLowerCase()];
  const han = /(十六|[二三四五六七八九]|\d+)进制/.exec(question)?.[1];
  return han === undefined ? undefined : (hanBases[han] ?? Number(han));
}

const numerals: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
};
const places: readonly (readonly [RegExp, number])[] = [
  [/nearest (?:tenth)\b/i, 1],
  [/nearest (?:hundredth|cent)\b/i, 2],
  [/nearest (?:thousandth)\b/i, 3],
  [/nearest (?:integer|whole|unit|degree|dollar|year|day|minute|hour|meter|metre|percent)/i, 0],
];

function askedRounding(question: string): Context['rounding'] {
  const match =
    /(\d+|one|two|three|four|five|six)\s*(decimals?|decimal places?|d\.?p|significant|sig)/i.exec(question) ??
    /保留(?:小数点后)?([一两二三四]|\d+)(位(?:有效数字|小数)|个有效数字)/.exec(question);
  if (match !== null) {
    const count = numerals[match[1]?.toLowerCase() ?? ''] ?? Number(match[1]);
    return /sig|有效/i.test(match[2] ?? '') ? { digits: count } : { decimals: count };
  }
  for (const [pattern, decimals] of places) if (pattern.test(question)) return { decimals };
  return /\bapproximat|\bestimate|\bround|近似|约等于|约为多少/i.test(question) ? { digits: 3 } : undefined;
}

function askedMagnitude(question: string): string | undefined {
  const word = /\b(?:in|how many)\s+(thousand|million|billion|trillion)s?\b/i.exec(question)?.[1];
  if (word !== undefined) return word.toLowerCase();
  const han = /(?:多少|单位[：:为是]?)\s*(万|亿|百万|千万)/.exec(question)?.[1];
  return han !== undefined && magnitudes.has(han) ? han : undefined;
}

const orderWords =
  /\bin (?:\w+ )?order\b|\bordered\b|\bsequence\b|\brespectively\b|\bfirst \w+ (?:terms|numbers|elements|members)|\bterms\b|\brank|从[大小早高]到|依次|顺序|前[一二三四五六七八九十\d]+项/i;

const listWords =
  /\b(?:list|array|tuple|pairs?|coordinates?|points?|vectors?|ind(?:ex|ices|exes)|vert(?:ex|ices)|cent(?:er|re)|midpoint|respectively)\b|坐标|列表|数组|向量|数对|下标|索引|有序/i;
const intervalWords =
  /\b(?:intervals?|ranges?|domains?|inequalit(?:y|ies)|for (?:which|what) (?:real|values?))\b|区间|范围|定义域|值域|不等式|解集/i;

const contexts = new Recent<Context>(512);

/** What options and question say; readings of recent questions are kept. */
export function contextOf(options: JudgeOptions): Context {
  const question = (options.question ?? '').slice(-4000);
  const key = `${options.tolerance}|${options.ordered}|${options.relationsAsSets}|${options.unitsDemanded}|${question}`;
  return contexts.get(key, () => ({
    ...options,
    unitsNamed: question === '' ? [] : namedUnits(question),
    unitAsked: question === '' ? undefined : askedUnit(question),
    percentAsked: percentWords.test(question),
    inPercent: /\b(?:in|as an?)\s+(?:percent|percentage|%)|用百分数|百分数表示/i.test(question),
    magnitudeAsked: askedMagnitude(question),
    baseAsked: askedBase(question),
    inOrder: orderWords.test(question),
    listAsked: listWords.test(question) && !intervalWords.test(question),
    countAsked: /\bhow many\b|\bnumber of\b|多少|几[个条种组对点]|个数/i.test(question),
    ratioAsked: /\bratio\b|\bproportion\b|比/i.test(question),
    rounding: askedRounding(question),
    dateOrder: /mm\/dd/i.test(question) ? 'month-first' : /dd\/mm/i.test(question) ? 'day-first' : undefined,
  }));
}
