/**
 * @file What stands behind a number: magnitude, percent, unit, currency, a counted noun, a remark in parentheses.
 */
import { multiply, one, type Rational } from '../rational.ts';
import type { Unit } from './dimension.ts';
import { leadingMagnitude, letterMagnitudes } from './magnitude.ts';
import { readUnit } from './read-unit.ts';
import { isLetterUnit } from './unit-table.ts';

/** `factor` multiplies the number before it. `soft`: a letter that may be a variable was read as unit or magnitude. */
export interface Tail {
  readonly factor: Rational;
  readonly percent: boolean;
  readonly unit?: Unit | undefined;
  readonly noun?: string | undefined;
  readonly soft: boolean;
  /** A further quantity that adds to this one: `30 minutes` of "1 hour 30 minutes". */
  readonly further?: string | undefined;
}

const percent = /^(?:%|\\%|percent(?:age)?(?:\s+points?)?\b|per\s+cent\b|pct\b|个百分点)\s*/i;
/** Words of which none may stand in a counted noun: they state another number, a choice, or an operation. */
const noNoun =
  /\b(?:or|either|and|to|minus|plus|times|between|not|nor|than|over|divided|by|is|are|was|equals?|if|when|but|mod|half|base|from|dozen|hundred|thousand|million|billion|trillion)\b/i;
const nounPhrase = /^[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*(?:[ ,]+[A-Za-z\u00c0-\u024f'’.-]+){0,9}$/;
const hanPhrase = /^[\u4e00-\u9fff]{1,12}$/;
const hanChoice = /[或和与乘加减除比到至多少]/;

function nounOf(text: string, attached: boolean): string | undefined {
  const phrase = text
    .replace(/\s+(?:that|which|who|whose|where|such that)\s.*$/is, '')
    .replace(/[.!。]+$/, '')
    .trim();
  if (hanPhrase.test(phrase)) return hanChoice.test(phrase) && !/^个/.test(phrase) ? undefined : phrase;
  if (!nounPhrase.test(phrase) || noNoun.test(phrase.replace(/^of\b.*/, ''))) return undefined;
  const [first = ''] = phrase.split(/[ ,]/);
  // A letter or two behind a number are variables: 5x, 3 ab.
  if (first.length < 2 || (first.length < 3 && !/^(?:of|in|AD|CE|BC|pc|pt|ct|st|nd|rd|th|PM|AM)$/.test(first)))
    return undefined;
  if (attached && (first.length < 4 || !/[aeiou]/i.test(first))) return undefined;
  return phrase;
}

/** The longest beginning of `text` that is a unit, and what is left. */
function leadingUnit(text: string): { unit: Unit; rest: string; name: string } | undefined {
  if (/^[\u4e00-\u9fff]/.test(text)) {
    const run = /^[\u4e00-\u9fff/]+(?:\s*\/\s*[\u4e00-\u9fffa-zA-Z]+)?/.exec(text)?.[0] ?? '';
    for (let n = Math.min(run.length, 10); n > 0; n--) {
      const unit = readUnit(run.slice(0, n));
      if (unit !== undefined) return { unit, rest: text.slice(n).trim(), name: run.slice(0, n) };
    }
    return undefined;
  }
  const pieces = text.split(/(\s+)/);
  for (let n = Math.min(pieces.length, 13); n > 0; n -= n % 2 === 0 ? 1 : 2) {
    const name = pieces.slice(0, n).join('');
    const unit = readUnit(name) ?? readUnit(name.replace(/[.,;]$/, ''));
    if (unit !== undefined) return { unit, rest: pieces.slice(n).join('').trim(), name };
  }
  // Units that digits follow at once: 1h30min, 5ft3in.
  const glued = /^([a-zA-Z°'"]+)(?=\d)/.exec(text)?.[1];
  const unit = glued === undefined ? undefined : readUnit(glued);
  return unit === undefined || glued === undefined ? undefined : { unit, rest: text.slice(glued.length), name: glued };
}

/** Reads a tail; undefined when it is none. `attached`: no space stands between the number and it. */
export function readTail(source: string, attached: boolean): Tail | undefined {
  let text = source.replace(/[.,;!]+$/, '').trim();
  let factor = one;
  const none = { factor, percent: false, soft: false };
  if (text === '') return none;
  if (attached && /^(?:st|nd|rd|th)\b/.test(text)) {
    const rest = text.slice(2).trim();
    const noun = rest === '' ? undefined : nounOf(rest, false);
    return rest === '' || noun !== undefined ? { ...none, noun } : undefined;
  }
  const hundredth = percent.exec(text);
  if (hundredth !== null) {
    const rest = text.slice(hundredth[0].length);
    const noun = nounOf(rest.replace(/^(?:of|in)\s+/, ''), false);
    return rest === '' || noun !== undefined || isRemark(rest) ? { ...none, percent: true } : undefined;
  }
  for (let n = 0; n < 3; n++) {
    const magnitude = leadingMagnitude(text);
    if (magnitude === undefined) break;
    factor = multiply(factor, magnitude.factor);
    text = magnitude.rest;
  }
  const letter = attached ? letterMagnitudes.get(/^[a-zA-Z]\b/.exec(text)?.[0] ?? '') : undefined;
  if (letter !== undefined && factor === one) {
    const rest = readTail(text.slice(1).trim(), false);
    if (rest !== undefined) return { ...rest, factor: multiply(letter, rest.factor), soft: rest.unit === undefined };
  }
  return behindMagnitude(text, factor, attached);
}

function behindMagnitude(text: string, factor: Rational, attached: boolean): Tail | undefined {
  const plain = { factor, percent: false, soft: false };
  if (text === '' || isRemark(text)) return plain;
  const bracketed = /^[([]\s*([^()[\]]*?)\s*[)\]]$/.exec(text)?.[1];
  const inner = bracketed === undefined ? undefined : readUnit(bracketed);
  if (inner !== undefined) return { ...plain, unit: inner };
  const found = leadingUnit(text);
  if (found !== undefined) {
    const soft = attached && isLetterUnit(found.name) && factor === one;
    const rest = found.rest.replace(/^[,;]\s*/, '');
    const unit = { ...plain, unit: found.unit, soft };
    if (rest === '' || isRemark(rest)) return unit;
    if (/^(?:and\s+|零)?\d/.test(rest)) return { ...unit, further: rest.replace(/^(?:and\s+|零)/, '') };
    const noun = nounOf(rest.replace(/^of\s+/, ''), false);
    return noun === undefined ? undefined : unit;
  }
  const remark = /^(.*?)\s*\(([^()]*)\)$/.exec(text);
  const phrase = remark !== null && isRemark(`(${remark[2] ?? ''})`) ? (remark[1] ?? '') : text;
  const noun = nounOf(phrase, attached && factor === one);
  return noun === undefined ? undefined : { ...plain, noun };
}

/** `(see table 3)`, `(rounded)`: words in parentheses that state no magnitude, unit or other number of their own. */
export function isRemark(text: string): boolean {
  const inner = /^\(([^()]*)\)\.?$/.exec(text.trim())?.[1];
  if (inner === undefined || !/[a-zA-Z\u4e00-\u9fff]{3}|[\u4e00-\u9fff]/.test(inner)) return false;
  if (/\b(?:or|not)\b|或/.test(inner)) return false;
  return (
    leadingMagnitude(inner) === undefined && readUnit(inner) === undefined && !/^[-+]?\d+(?:\.\d+)?\s*$/.test(inner)
  );
}
