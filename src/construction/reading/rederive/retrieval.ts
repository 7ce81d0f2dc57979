/**
 * @file Second derivations of T1 and T2.
 */
import { tally } from '../read-prompt.ts';
import { letterOf, mentions, optionTexts, type ReadingSolver, unitWith } from './solver.ts';

const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+/u, '').replace(/[^\p{L}\p{N}]+$/u, '');

/** All notes of the units in order, by pattern. */
const notes = (units: readonly { text: string }[], pattern: RegExp): RegExpExecArray[] =>
  units.flatMap(({ text }) => [...text.matchAll(pattern)]);

const quoteCloze: ReadingSolver = ({ left = '', right = '' }, { units }) => {
  const host = unitWith(units, left)?.text ?? '';
  const start = host.indexOf(left) + left.length;
  const end = host.indexOf(right, start + 1);
  return host === '' || end < 0 ? undefined : [host.slice(start, end)];
};

const coordinate: ReadingSolver = ({ n, id }, { units }) => {
  const text = units.find((unit) => unit.id === id)?.text ?? '';
  const items = /\p{Script=Han}/u.test(text)
    ? [...text].filter((c) => /[\p{L}\p{N}]/u.test(c))
    : text.split(/\s+/).filter(Boolean);
  const word = bare(items[Number(n) - 1] ?? '');
  return word === '' ? undefined : [word];
};

const kthMention: ReadingSolver = ({ k, term = '' }, { units }) => {
  let left = Number(k);
  for (const { id, text } of units) {
    left -= tally(text, term);
    if (left <= 0) return [id];
  }
  return undefined;
};

const keychain: ReadingSolver = ({ key = '' }, { units }) => {
  const next = new Map(
    notes(
      units,
      /(?:\(Key |（密钥)([0-9a-f]{8})(?: leads to key |指向密钥| opens value |对应数值)([0-9a-f]+)[.。][)）]/g,
    ).map((m) => [m[1] ?? '', m[2] ?? '']),
  );
  let at = key;
  for (let hop = 0; next.has(at) && hop < 20; hop++) at = next.get(at) ?? '';
  return at === key ? undefined : [at];
};

const whoSaid: ReadingSolver = ({ quote = '' }, { units }) => {
  const speaker = unitWith(units, quote)?.speaker;
  return speaker === undefined ? undefined : [speaker];
};

const trueStatement: ReadingSolver = ({ options }, { units }) => {
  const standing = optionTexts(options).filter((text) => units.some((unit) => unit.text.includes(text)));
  return standing.length === 1 ? letterOf(options, standing[0]) : undefined;
};

const countCompare: ReadingSolver = ({ options }, { units }) => {
  const counts = optionTexts(options).map((term) => ({ term, count: mentions(units, term) }));
  const [first, second] = counts.sort((a, b) => b.count - a.count);
  return first === undefined || first.count === second?.count ? undefined : letterOf(options, first.term);
};

const firstAppearance: ReadingSolver = ({ options }, { units }) => {
  const terms = optionTexts(options);
  const host = units.find(({ text }) => terms.some((term) => tally(text, term) > 0));
  const here = terms.filter((term) => tally(host?.text ?? '', term) > 0);
  return here.length === 1 ? letterOf(options, here[0]) : undefined;
};

const lastState: ReadingSolver = ({ subject = '', options }, { units }) => {
  const said = notes(units, /(?:By the way, (.+?) is now on (\w+)\.|对了，(.+?)改到(.+?)。)/g).filter(
    (m) => (m[1] ?? m[3]) === subject,
  );
  const last = said.at(-1);
  return letterOf(options, last?.[2] ?? last?.[4]);
};

const commitment: ReadingSolver = ({ promise = '', options }, { units }) => {
  const names = optionTexts(options);
  let holder = '';
  for (const { text } of units)
    for (const name of names) {
      const taken = [`${name} will ${promise}.`, `${name}答应${promise}。`].some((form) => text.includes(form));
      const passed = names.some((old) =>
        [`${name}, not ${old}, will now ${promise}.`, `${name}代替${old}去${promise}。`].some((form) =>
          text.includes(form),
        ),
      );
      if ((taken && holder === '') || passed) holder = name;
    }
  return letterOf(options, holder);
};

/** Second derivations of T1 and T2, by id of the generator. */
export const retrievalSolvers: Readonly<Record<string, ReadingSolver>> = {
  'quote-cloze': quoteCloze,
  coordinate,
  'kth-mention': kthMention,
  keychain,
  'who-said': whoSaid,
  'true-statement': trueStatement,
  'count-compare': countCompare,
  'first-appearance': firstAppearance,
  'last-state': lastState,
  commitment,
};
