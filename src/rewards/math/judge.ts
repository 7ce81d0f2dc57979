/**
 * @file The typed verdict of the hardened side: does an answer state the value of the gold, as a careful person reads both? The
 * gold and the question decide the type; the answer may be a bare value, a box, a line or a sentence. Every judgement is bounded
 * by the budgets of the parser and of the canonical forms.
 */
import { Recent } from '../recent.ts';
import { cleanAnswer, squeezed } from './answer-text.ts';
import { exprText } from './expr.ts';
import { longestText } from './extract.ts';
import { boxesOf, lastGroup } from './extract-boxes.ts';
import { isNegated, phrasesOf, soleQuantity, statesBound, statesChoice, withoutDelimiters } from './statement.ts';
import { sameAnswer } from './types/compare/compare-values.ts';
import { type Context, contextOf, type JudgeOptions } from './types/context.ts';
import { isCurrency } from './types/dimension.ts';
import { readValues } from './types/read-value.ts';
import { optionLetter, optionLetters, sameWords, wordForm } from './types/read-words.ts';
import type { AnswerType, Collection, Scalar, Value } from './types/value.ts';

export type { JudgeOptions } from './types/context.ts';
export type { AnswerType } from './types/value.ts';

/** A verdict with what it rests on, for people. */
export interface Judgement {
  /** `unjudgeable`: nobody can judge by this gold; it says nothing about the answer. */
  readonly verdict: 'equal' | 'different' | 'unjudgeable';
  readonly type: AnswerType;
  /** Gold and answer as they were read. */
  readonly gold: string;
  readonly answer: string;
  readonly reason: string;
}

interface Gold {
  readonly text: string;
  readonly values: readonly Value[];
  readonly type: AnswerType;
  /** A gold of words: `Monday`, `(B)`, `even`. */
  readonly words: boolean;
  /** Several options: `A and C`, sorted. */
  readonly letters?: string | undefined;
}

/** What is read of an answer or gold, from its end, and of one of its lines. */
const longestAnswer = 4000;
const mostWords = 16;

function typeOfScalar({ expr, unit, percent }: Scalar): AnswerType {
  if (percent) return 'percent';
  if (unit !== undefined) return isCurrency(unit) ? 'currency' : 'quantity';
  if (expr.kind === 'number') return 'number';
  const text = exprText(expr);
  if (/\bI\b/.test(text)) return 'complex';
  return /(?<![a-zA-Z@])[a-zα-ω](?![a-zA-Z(])/.test(text.replace(/\b(?:pi|e|oo)\b/g, '')) ? 'expression' : 'number';
}

function typeOfCollection({ form, items }: Collection): AnswerType {
  if (form === 'set') return 'set';
  const [first] = items;
  if (items.some((item) => item[0]?.type === 'assignment' || item[0]?.type === 'relation') && first !== undefined)
    return 'system';
  if (form === 'tuple') return 'list';
  const texts = items.map((item) =>
    JSON.stringify(item[0], (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
  );
  return new Set(texts).size < texts.length ? 'multiset' : 'list';
}

function typeOf(value: Value | undefined): AnswerType {
  if (value === undefined) return 'unknown';
  switch (value.type) {
    case 'scalar':
      return typeOfScalar(value);
    case 'collection':
      return typeOfCollection(value);
    case 'assignment':
      return typeOf(value.values[0]) === 'expression' ? 'equation' : typeOf(value.values[0]);
    case 'relation':
      return value.expr.kind === 'relation' && value.expr.op === '=' ? 'equation' : 'interval';
    case 'region':
      return 'interval';
    case 'family':
      return 'set';
    default:
      return value.type;
  }
}

const isUndefinedValue = (value: Value): boolean =>
  value.type === 'scalar' && value.expr.kind === 'constant' && value.expr.name === 'zoo';

const golds = new Recent<Gold>(512);

function goldOf(source: string, context: Context): Gold {
  const asked = source.includes('=') ? (context.question ?? '').slice(-4000) : '';
  const key = `${context.percentAsked}${context.dateOrder ?? ''}${context.baseAsked ?? ''}|${asked}|${source}`;
  return golds.get(key, () => readGold(source, context));
}

/** A gold whose box lost its last brace. */
function unclosed(source: string): string {
  const at = source.lastIndexOf('\\boxed{');
  return at >= 0 && boxesOf(source).length === 0 ? source.slice(at + '\\boxed{'.length) : source;
}

function readGold(source: string, context: Context): Gold {
  const [text = '', ...others] = phrasesOf(innermost(unclosed(source)));
  const literal = optionLetter(text) === undefined || /^[a-z]$/.test(text) ? readValues(text, context) : [];
  const comma = /^0,\d+$/.test(text) ? readValues(text.replace(',', '.'), context) : [];
  const letters = /[,&和、]|\band\b/.test(text) ? optionLetters(text) : undefined;
  if (letters !== undefined) return { text, values: [], type: 'set', words: true, letters };
  const values = (
    comma.length > 0
      ? comma
      : literal.length > 0
        ? literal
        : (others.map((phrase) => readValues(phrase, context)).find((found) => found.length > 0) ?? [])
  ).filter((value) => !isUndefinedValue(value));
  const words =
    values.length === 0 &&
    /[a-zA-Z\u00c0-\u024f\u0370-\u03ff\u3040-\u30ff\u4e00-\u9fff]/.test(text) &&
    text.split(/\s+/).length <= mostWords &&
    !/[=^_{}]|\\[a-z]+/.test(text);
  return { text, values, words, type: words ? 'words' : typeOf(values[0]) };
}

/** A gold or answer inside its last boxes. */
function innermost(source: string): string {
  const boxes = boxesOf(source);
  if (boxes.length === 0) return source;
  const { group, joint } = lastGroup(source, boxes);
  const contents = [...new Set(group.map(({ content }) => content))].join(joint);
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return source;
  // "\$\boxed{5}" and "\boxed{5} km": what stands close to the box belongs to it.
  const before = /(?:\\\$|＄|[€£¥-])\s*$/.exec(source.slice(0, first.start))?.[0] ?? '';
  const after =
    /^\s*(?:\\[,; ]|~)*\s*(\\text\s*\{[^{}]*\}|\\?%|(?:million|billion|thousand|trillion|dozen)\b|[a-zA-Z°/^]{1,8}(?=[\s.$]*$)|[万亿元%]+)/.exec(
      source.slice(last.end),
    )?.[1] ?? '';
  return `${before}${contents} ${after}`.trim();
}

interface Stated {
  readonly text: string;
  readonly values: readonly Value[];
}

const asksBound =
  /\b(?:least|most|minimum|maximum|minimal|maximal|smallest|largest|fewest)\b|至少|至多|最少|最多|最小|最大/i;

/** The value that a line states; undefined where it states none. */
function statedBy(line: string, context: Context): Stated | undefined {
  for (const text of phrasesOf(line)) {
    // "5!" is 120, or 5 said aloud.
    const loud = /\d!$/.test(text) ? readValues(text.slice(0, -1), context) : [];
    const values = [...readValues(text, context), ...loud];
    if (values.length > 0) return { text, values };
  }
  if (statesBound(line) && !asksBound.test(context.question ?? '')) return undefined;
  const sole = soleQuantity(line);
  const values = sole === undefined ? [] : readValues(sole, context);
  return sole === undefined || values.length === 0 ? undefined : { text: sole, values };
}

/** A line that is a value and nothing else. */
function pure(line: string, context: Context): Stated | undefined {
  const [text = ''] = phrasesOf(line);
  const values = readValues(text.replace(/^[-*•]\s+(?=\S)/, ''), context);
  return values.length === 0 ? undefined : { text, values };
}

const several = 'several different answers';

function statedByLines(lines: readonly string[], gold: Gold, context: Context): Stated | string | undefined {
  const joined = phrasesOf(lines.join(' '))[0] ?? '';
  if (/\\begin|^\\\[/.test(joined)) {
    const values = readValues(joined, context);
    if (values.length > 0) return { text: joined, values };
  }
  const values = lines.map((line) => pure(line, context));
  const found = values.flatMap((value) => (value === undefined ? [] : [value]));
  const [first] = found;
  if (found.length === lines.length && first !== undefined) {
    const list = found.map(({ values: readings }) => readings);
    if (gold.values.some(({ type }) => type === 'collection'))
      return {
        text: found.map(({ text }) => text).join(', '),
        values: [{ type: 'collection', form: 'bare', joint: 'comma', items: list }],
      };
    const last = found.at(-1) ?? first;
    const derived = lines
      .slice(1)
      .every((line, i) => /=/.test(line) || sameAnswer(list[i] ?? [], list[i + 1] ?? [], context));
    return derived ? last : several;
  }
  if (values[0] !== undefined) return values[0];
  for (const line of [...lines].reverse()) {
    const stated = statedBy(line, context);
    if (stated !== undefined) return stated;
  }
  return undefined;
}

function statedIn(answer: string, gold: Gold, context: Context): Stated | string | undefined {
  const lines = answer
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[^\s$*`[\]\\]/.test(line));
  const [line] = lines;
  if (line === undefined) return undefined;
  return lines.length === 1 ? statedBy(line, context) : statedByLines(lines, gold, context);
}

/** `\log` that means `\ln` beside one, and a comma for the point beside a gold that is no whole number. */
function saidOtherwise(gold: Gold, stated: Stated, context: Context): boolean {
  const plainLog = /\\log(?![a-z_])|(?<![a-z\\])log(?![a-z_])/;
  const natural = /\\ln(?![a-z])|(?<![a-z\\])ln(?![a-z])/;
  const [a, b] = [gold.text, stated.text];
  if ((plainLog.test(a) && natural.test(b)) || (natural.test(a) && plainLog.test(b))) {
    const [x, y] = [a, b].map((text) => readValues(text.replace(/\\?\blog(?![a-z_])/g, '\\ln '), context));
    return sameAnswer(x ?? [], y ?? [], context);
  }
  const points = b.replace(/(?<![\d,.])(\d+),(\d{1,2}|\d{4,})(?![\d,])/g, '$1.$2');
  const whole = gold.values.every((value) => value.type !== 'scalar' || (value.literal?.decimals ?? 0) === 0);
  return !whole && points !== b && sameAnswer(gold.values, readValues(points, context), context);
}

/** Whether a gold of words is stated: the line, or what one of its phrases says. */
function wordsStated(gold: Gold, answer: string): boolean {
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  return lines.some((line) => {
    const phrases = phrasesOf(line);
    if (gold.letters !== undefined) return phrases.some((phrase) => optionLetters(phrase) === gold.letters);
    if (phrases.some((phrase) => sameWords(gold.text, phrase))) return true;
    if (isNegated(line) || statesChoice(line)) return false;
    if (
      /^(?:the|it|this|that|they|he|she)\b/i.test(line.trim()) &&
      phrases.some((phrase) => endsWith(phrase, gold.text))
    )
      return true;
    return phrases.some((phrase) =>
      sameWords(gold.text, phrase.replace(/^(?:on|in|at|a|an|the|to|by)\s+/i, '').replace(/^(?:a|an|the)\s+/i, '')),
    );
  });
}

/** `The series converges`: a short sentence whose end is the gold. */
function endsWith(phrase: string, gold: string): boolean {
  const [form, wanted] = [wordForm(phrase), wordForm(gold)];
  return form.split(' ').length <= 6 && form.endsWith(` ${wanted}`);
}

/**
 * Why nobody can judge by a gold; undefined for one that states a value.
 *
 * @example goldFault('{}', {}) // 'the gold is no value that can be compared'
 */
export function goldFault(wholeGold: string, options: JudgeOptions = {}): string | undefined {
  const gold = goldOf(squeezed(wholeGold.slice(-longestText)).slice(-longestAnswer), contextOf(options));
  return gold.values.length === 0 && !gold.words ? noValue : undefined;
}

const noValue = 'the gold is no value that can be compared';

const sameText = (gold: string, answer: string): boolean => {
  const form = (text: string): string =>
    cleanAnswer(withoutDelimiters(text))
      // Digits apart are no number: "1 1" is not 11.
      .replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
      .replace(/[.。]$/, '');
  const a = form(gold);
  return a !== '' && a === form(answer);
};

/**
 * Whether `answer` states the value of `gold`. `answer` is the region that a reader found: a value, a box, a line, a sentence or a
 * few lines. Never throws for any text.
 *
 * @example judgeAnswer('177', 'There are 177 crates.').verdict // 'equal'
 * @example judgeAnswer('5 m', '5 km').verdict // 'different'
 */
export function judgeAnswer(wholeGold: string, answerText: string, options: JudgeOptions = {}): Judgement {
  const goldText = squeezed(wholeGold.slice(-longestText)).slice(-longestAnswer);
  const context = contextOf(options);
  const gold = goldOf(goldText, context);
  const verdict = (kind: Judgement['verdict'], answer: string, reason: string): Judgement => ({
    verdict: kind,
    type: gold.type,
    gold: gold.text,
    answer,
    reason,
  });
  const answer = innermost(squeezed(answerText.slice(-longestText)).slice(-longestAnswer)).trim();
  if (gold.values.length === 0 && !gold.words) {
    if (sameText(goldText, answer) && answer !== '') return verdict('equal', answer, 'the same text');
    return verdict('unjudgeable', answer, noValue);
  }
  if (answer === '') return verdict('different', '', 'no answer');
  if (sameText(innermost(goldText), answer)) return verdict('equal', answer, 'the same text');
  if (gold.words) {
    const equal = wordsStated(gold, answer);
    return verdict(
      equal ? 'equal' : 'different',
      wordForm(answer).slice(0, 120),
      equal ? 'the same words' : 'other words',
    );
  }
  const stated = statedIn(answer, gold, context);
  if (stated === undefined || typeof stated === 'string')
    return verdict('different', answer.slice(0, 120), stated ?? 'no value is stated');
  const equal = sameAnswer(gold.values, stated.values, context) || saidOtherwise(gold, stated, context);
  const type = typeOf(stated.values[0]);
  return verdict(
    equal ? 'equal' : 'different',
    stated.text,
    equal ? `equal as ${gold.type}` : `another value (${type})`,
  );
}
