/**
 * @file The letter of a multiple-choice answer: alone, in brackets, after "option", with its text, or the text of one option. Several
 * letters, or a letter whose text is another option's, are `contradictory`. What follows the first line is explanation, unless it
 * names letters as the first one does.
 */

import { boxesOf } from '../math/extract-boxes.ts';
import { looseJson } from './loose-json.ts';
import type { Options } from './options.ts';
import type { AnswerState } from './reading.ts';
import { plain } from './text/plain.ts';
import { keyText, wordsOf } from './text/tokens.ts';

/** Verdict of the reader of options. */
export interface Letter {
  readonly state: AnswerState;
  /** In upper case; empty unless the state is `answered`. */
  readonly letter: string;
}

const none: Letter = { state: 'unreadable', letter: '' };
const contradictory: Letter = { state: 'contradictory', letter: '' };
const answered = (letter: string): Letter => ({ state: 'answered', letter: letter.toUpperCase() });

const alone =
  /^[\s"'([{<:.=-]*(?:(?:option|choice|answer|选项|选择|选|答案)\s?(?:is|是|为)?[\s:"'([]*)?([A-Za-z])[\s"')\]}>.,;:!-]*(?:项)?[\s.]*$/i;
const bracketed = /[([{"']\s?([A-Z])\s?[)\]}"']/g;
const named =
  /(?:\b(?:options?|choices?|answers?|letter|alternatives?|statement|pick|choose|chose|select(?:ed)?|go with|going with)\b(?:\s(?:is|are|was|would be|should be|must be))?|答案|选项?|应该?[为是选]|[为是选])\s?[:"'([]{0,3}\s?([A-Z])(?![A-Za-z'])/gi;
const leading =
  /^[\s"'([]*(?:([A-Za-z])\s?(?:[)\].:、,;/]|-+\s|\s-|"|'|$)|([A-Z])\s?[([]|([A-Z])\s(?:because|since|is|was|and|or|seems|follows)\b)/;
const judged =
  /\b([A-Z])\s(?:is|was|must be|seems|looks)\s(?:clearly |therefore )?(?:the\s)?(?:correct|right|best|true|only|most|answer)/g;
const concluded =
  /\b(?:so|thus|hence|therefore|leaves|leaving|means|choose|pick)[, ]+(?:it is |the answer is |only )?([A-Z])(?=[.\s]*$)/gi;
const strong =
  /(?:answer|choice|option|答案)s?\s?(?:is|:|should be|must be|是|为)\s?[:"'([]{0,3}\s?([A-Z])(?![A-Za-z'])/gi;
const leadingHan = /^\s*([A-Z])\s?(?=\p{Script=Han})/u;
const trailing = /(?:[\s.,;:(-]|\p{Script=Han})([A-Z])[.)\s]*$/u;
const denied =
  /(?:\bnot|\bnever|\bneither|\bnor|n't|\bexcept|\bexcludes?|\beliminate[sd]?|\brul(?:e|ed|es|ing) out|不选|不是|并非|排除|非|而不是|rather than|instead of)\s{0,2}(?:option|choice|选项)?\s{0,2}["'([]{0,2}$/i;
const deniedBehind =
  /^["')\]]{0,2}\s{0,2}(?:is|was|are|seems|looks|项|选项)?\s{0,2}(?:incorrect|wrong|not\b|false|fails?\b|ruled out|eliminated|out\b|错误|不正确|不对|不符|有误|排除)/i;

interface Mention {
  readonly letter: string;
  readonly at: number;
}

function mentionsIn(line: string, letters: ReadonlySet<string>): Mention[] {
  const found = new Map<number, string>();
  const patterns = [named, bracketed, judged, concluded];
  // What is named as the answer counts alone: what stands before it has been ruled out.
  const stated = [...line.matchAll(strong)].filter(({ 1: letter = '' }) => letter === letter.toUpperCase());
  const only = stated.length > 0 && !/\b(?:or|either)\b/i.test(line);
  for (const pattern of only ? [strong] : patterns) {
    for (const match of line.matchAll(pattern)) {
      const letter = match[1] ?? '';
      const at = match.index + match[0].lastIndexOf(letter);
      // The article is no letter: "the answer is a boundary warning".
      if (letter !== letter.toUpperCase() || (letter === 'A' && /^A\s+[a-z]/.test(line.slice(at)))) continue;
      found.set(at, letter);
    }
  }
  const first = only ? null : (leading.exec(line) ?? leadingHan.exec(line));
  const opening = first?.[1] ?? first?.[2] ?? first?.[3] ?? '';
  if (first !== null && opening !== '') found.set(first[0].indexOf(opening), opening.toUpperCase());
  // Letters beside a letter that is named: "B or E", "A, C", "A、B".
  for (const [at] of [...found]) {
    let end = at + 1;
    for (let next = beside.exec(line.slice(end)); next !== null; next = beside.exec(line.slice(end))) {
      end += next[0].length;
      found.set(end - 1, next[1] ?? '');
    }
  }
  return [...found]
    .map(([at, letter]) => ({ letter, at }))
    .filter(({ letter }) => letters.has(letter))
    .sort((a, b) => a.at - b.at);
}

const beside =
  /^["')\]]{0,2}\s?(?:,|\/|、|;|&|\+|\band\b|\bor\b|or|and|和|或|与|及)\s?(?:or |and |或)?(?:also |maybe |possibly |perhaps |even |option |可能是?|选项)?["'([]{0,2}([A-Z])(?![A-Za-z'])/;

const bag = (text: string): string =>
  wordsOf(text)
    .tokens.map(({ key }) => key)
    .filter((key) => !/^(?:the|a|an|and)$/.test(key))
    .sort()
    .join(' ');

interface OptionTexts {
  readonly key: ReadonlyMap<string, string>;
  readonly bag: ReadonlyMap<string, string>;
}

const recent = new WeakMap<Options, OptionTexts>();

function optionTexts(options: Options): OptionTexts {
  const known = recent.get(options);
  if (known !== undefined) return known;
  const fresh = {
    key: new Map(Object.entries(options).map(([letter, text]) => [keyText(wordsOf(text)), letter])),
    bag: new Map(Object.entries(options).map(([letter, text]) => [bag(text), letter])),
  };
  recent.set(options, fresh);
  return fresh;
}

/** The option whose text a piece is, whole or with a gloss behind it. */
function optionByText(piece: string, options: Options): string | undefined {
  const texts = optionTexts(options);
  const words = wordsOf(piece);
  if (words.tokens.length === 0) return undefined;
  const whole = texts.key.get(keyText(words)) ?? texts.bag.get(bag(piece));
  if (whole !== undefined) return whole;
  let best: { letter: string; length: number } | undefined;
  for (let i = 1; i < Math.min(words.tokens.length, 60); i++) {
    const gap = words.text.slice(words.tokens[i - 1]?.end, words.tokens[i]?.start);
    if (!/[,.:;(\n]|\s-/.test(gap) && !/^(?:because|since|as|which)$/.test(words.tokens[i]?.key ?? '')) continue;
    const letter = texts.key.get(keyText({ text: words.text, tokens: words.tokens.slice(0, i) }));
    if (letter !== undefined) best = { letter, length: i };
  }
  return best?.letter;
}

/** The options whose text stands in a line, word by word; the longest where one holds another. */
function optionsInside(line: string, options: Options): string[] {
  const text = ` ${wordsOf(line)
    .tokens.map(({ key }) => key)
    .join(' ')} `;
  const found = [...optionTexts(options).key].filter(([key]) => key !== '' && text.includes(` ${key} `));
  return found
    .filter(([key]) => !found.some(([other]) => other !== key && ` ${other} `.includes(` ${key} `)))
    .map(([, letter]) => letter);
}

function content(answer: string): string {
  const boxes = boxesOf(answer);
  if (boxes.length > 0) return [...new Set(boxes.map((box) => box.content))].join(' or ');
  if (/^\s*(?:```\w*\s*)?\{/.test(answer)) {
    const value = looseJson(answer)[0]?.value;
    if (value?.kind === 'record') {
      const field =
        value.fields.find(([name]) => /answer|choice|option|letter|答案|选项/i.test(name)) ?? value.fields[0];
      if (field?.[1].kind === 'text') return field[1].text;
    }
  }
  return answer;
}

const bareLine = /^[\s"'([]*([A-Z])[\s"')\].:、]*$/;
const optionLike = /^[\s"'([]*([A-Z])[)\].:、]\s*\S/;

/** Whether what follows the first line states letters of its own. */
function furtherLetter(first: string, rest: readonly string[], letter: string): boolean {
  return rest.some((line) => {
    const other = bareLine.exec(line)?.[1] ?? (optionLike.test(first) ? optionLike.exec(line)?.[1] : undefined);
    return other !== undefined && other !== letter;
  });
}

/** A letter with its mark, as options are written: no article. */
const markedLetter = /^[\s"'([]*[A-Z]\s?(?:[)\].:、]|-+\s)/;
const anyLetter = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** What a line says behind a letter. */
const textBehind = (line: string, at: number): string =>
  line
    .slice(at + 1)
    .replace(/^[\s()[\].:、,"'-]+/, '')
    .replace(/^([^()]*)\)\.?$/, '$1');

/** Letters that are asked rather than answered: `B? C?`. */
const asked = /(?<![A-Za-z'])([A-Z])\?/g;

function readLine(line: string, options: Options): Letter {
  const letters = Object.keys(options).length > 1 ? new Set(Object.keys(options)) : anyLetter;
  if (new Set(Array.from(line.matchAll(asked), ([, letter]) => letter)).size > 1) return contradictory;
  const lone = alone.exec(line)?.[1]?.toUpperCase();
  if (lone !== undefined && !/\bnot\b|不/i.test(line)) return letters.has(lone) ? answered(lone) : none;
  const byText = markedLetter.test(line) ? undefined : optionByText(line, options);
  if (byText !== undefined) return answered(byText);
  const said = mentionsIn(line, letters);
  // The text of an option may begin with a negation itself: `C) Not stated`.
  const kept = said.filter(
    ({ letter, at }) =>
      !denied.test(line.slice(Math.max(0, at - 30), at)) &&
      (!deniedBehind.test(line.slice(at + 1, at + 40)) || optionByText(textBehind(line, at), options) === letter),
  );
  let distinct = [...new Set(kept.map(({ letter }) => letter))];
  if (said.length === 0) {
    const end = trailing.exec(line)?.[1];
    const others = [...line.matchAll(/(?<![A-Za-z'])([A-Z])(?![A-Za-z'])/g)].filter(
      ({ 1: letter = '', index }) =>
        letter !== end && letters.has(letter) && letter !== 'I' && !/^A [a-z]/.test(line.slice(index)),
    );
    if (others.length > 0) return contradictory;
    if (end !== undefined && letters.has(end) && !/\b(?:not|neither|nor)\b|不/i.test(line)) distinct = [end];
  }
  if (distinct.length > 1) return contradictory;
  const [letter] = distinct;
  if (letter === undefined) {
    if (said.length > 0 || /\b(?:not|neither|nor|none|n't|either|or)\b|不|或/i.test(line)) return none;
    const inside = optionsInside(line, options);
    return inside.length === 1 ? answered(inside[0] ?? '') : inside.length > 1 ? contradictory : none;
  }
  // The text beside a letter must not be another option's.
  const [mention] = kept;
  const behind = mention === undefined ? '' : textBehind(line, mention.at);
  const text = behind === '' ? undefined : optionByText(behind, options);
  if (text !== undefined && text !== letter) return contradictory;
  if (text === undefined) {
    const inside = optionsInside(line, options);
    if (inside.length === 1 && inside[0] !== letter && (options[letter] ?? '').length > 1) return contradictory;
  }
  return answered(letter);
}

/** The letter that an answer states. @param options texts by letter, where they are known. */
export function readLetter(answer: string, options: Options = {}): Letter {
  const lines = plain(content(answer))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  if (first === '') return { state: 'none', letter: '' };
  let reading = readLine(first.slice(0, 4000), options);
  // An introduction, then the letter in a line of its own.
  if (
    reading.state === 'unreadable' &&
    lines.length > 1 &&
    (/[:：]$/.test(first) || bareLine.test(lines.at(-1) ?? ''))
  ) {
    // Text that is copied word by word has all letters in lines of their own.
    const bare = new Set(lines.flatMap((line) => bareLine.exec(line)?.[1] ?? []));
    if (bare.size > 1) return contradictory;
    const line = (/[:：]$/.test(first) ? lines[1] : lines.at(-1)) ?? '';
    reading = readLine(line, options);
    // A list or a context that is copied holds the texts of the other options too.
    const held = lines.slice(1, 200).flatMap((other) => optionsInside(other, options));
    const others = new Set(held.filter((letter) => letter !== reading.letter));
    if (mentionsIn(line, new Set(Object.keys(options))).length === 0 && others.size > 1 && !bareLine.test(line))
      return contradictory;
  }
  if (reading.state !== 'answered') return reading;
  const rest = lines.slice(1, 60);
  const texts = optionTexts(options).key;
  const listed = rest.some((line) => (texts.get(keyText(wordsOf(line))) ?? reading.letter) !== reading.letter);
  return listed || furtherLetter(first, rest, reading.letter) ? contradictory : reading;
}
