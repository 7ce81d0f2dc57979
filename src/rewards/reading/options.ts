/**
 * @file The options of a multiple-choice question: as the sample states them, else as the lines of its question.
 */
import { Recent } from '../recent.ts';
import { plain } from './text/plain.ts';

/** Letter to the option's text; letters read from a question are capitals. */
export type Options = Readonly<Record<string, string>>;

const optionLine =
  /^[ \t]{0,8}(?:[-*][ \t]{1,3})?(?:option |选项 ?)?[(（[【]?([A-Z])(?:[)）\]】][.:：、]?|[.:：、．])[ \t]{0,4}(\S[^\n]{0,2000})$/gm;
const optionInline =
  /(?:^|[\s(（])[(（]?([A-H])(?:[)）]|[.:：、．])[ \t]?([^\n]{1,300}?)(?=(?:[\s;；,，][(（]?[A-H](?:[)）]|[.:：、．]))|\n|$)/g;

/** The letters in order from A on, each with its text; empty where the question has none. */
function runOfLetters(text: string, pattern: RegExp): Options {
  const found: Record<string, string> = {};
  let next = 65;
  for (const match of text.matchAll(pattern)) {
    const letter = match[1] ?? '';
    if (letter === 'A') next = 65;
    if (letter.charCodeAt(0) !== next) continue;
    found[letter] = (match[2] ?? '').trim();
    next++;
  }
  return Object.keys(found).length > 1 ? found : {};
}

/** `Which is it: Lisbon (A), Porto (B)?`: letters behind their texts, at the end of the question. */
function lettersBehind(text: string): Options {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  if (!/\([A-H]\)[?.？。]?$/.test(line)) return {};
  const marks = [...line.slice(-4000).matchAll(/(?:^|[:：,，;；])\s*([^:：;；\n()]{1,300}?)\s*\(([A-H])\)/gu)];
  const inOrder = marks.length > 1 && marks.every(({ 2: letter }, i) => letter === String.fromCharCode(65 + i));
  return inOrder ? Object.fromEntries(marks.map(({ 1: option = '', 2: letter = '' }) => [letter, option.trim()])) : {};
}

const recent = new Recent<Options>(256);

const statedOptions = (stated: Options | readonly string[]): Options =>
  Array.isArray(stated)
    ? Object.fromEntries(
        (stated as readonly string[]).map((text, i) => [
          String.fromCharCode(65 + i),
          text.replace(/^[(（]?[A-Z][)）.:：、]\s*/, ''),
        ]),
      )
    : (stated as Options);

function optionsIn(question: string): Options {
  const text = plain(question.slice(-20_000));
  const runs = [
    () => runOfLetters(text, optionLine),
    () => lettersBehind(text),
    () => runOfLetters(text, optionInline),
  ];
  let found: Options = {};
  for (const run of runs) if (Object.keys(found).length < 2) found = run();
  return found;
}

/**
 * Options that the sample states go before the question's; empty where neither has any. Equal ones are one object, so that what
 * letter.ts makes of their texts is found again.
 */
export function optionsOf(question: string | undefined, stated: Options | readonly string[] | undefined): Options {
  if (stated !== undefined) return recent.get(`=${JSON.stringify(stated)}`, () => statedOptions(stated));
  return question === undefined || question === '' ? {} : recent.get(`~${question}`, () => optionsIn(question));
}
