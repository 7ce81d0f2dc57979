/**
 * @file The words of datatrove's n-gram decontamination in its default settings: `simplify_text` (lower case, numbers as "0",
 * punctuation as blanks, no diacritics), then its English word tokenizer, which is spaCy's without a model. Punctuation is gone by
 * then, and this file holds what is left of spaCy's rules. Other languages have other tokenizers there and are not covered.
 *
 * `npm run bench:decontaminate` compares it with the original.
 */
import { unitClasses, unitTables, type WordForm } from './word-form.ts';

/** Becomes a blank: neither all punctuation nor only that (a left single quote stays, a wide "1" goes). */
const blanks = new Set('!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„\';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_."}►»');

/** What Python strips as white space, and control characters. */
const isBlank = (unit: string): boolean =>
  blanks.has(unit) || /^[\p{Cc}\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u.test(unit);

const number = /\p{Nd}+(?:[.,،٫⎖⎗⎘]\p{Nd}+)?/gu;

const simplify = (text: string): string =>
  Array.from(text.toLowerCase().replace(number, '0'), (unit) => (isBlank(unit) ? ' ' : unit))
    .join('')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');

/** Endings, each with the words that are cut before it: "cannot" is read as "can", "not". */
const contractions: Readonly<Record<string, string>> = {
  nt: 'ai are ca could dare did do does had has have is may might must need ought sha should was were wo would',
  'nt ve': 'ca could did do does had may might must need ought sha should wo would',
  not: 'can',
  na: 'gon',
  ta: 'got',
  all: 'y',
  m: 'i',
  'm a': 'i',
  s: 'he how she that there this what when where who why',
  re: 'how there these they those what when where why you',
  ll: 'how it that there these they this those what when where who why you',
  'll ve': 'he how i it she that there these they this those we what when where who why you',
  d: 'he how i it that there these they this those we what when where who why you',
  'd ve': 'he how i it she that there these they this those we what when where who why you',
  ve: 'could how i might must not should there these they those we what when where who why would you',
};

const cutWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(contractions).flatMap(([ending, starts]) =>
    starts.split(' ').map((start) => {
      const parts = [start, ...ending.split(' ')];
      return [parts.join(''), parts] as const;
    }),
  ),
);

const units =
  'km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz kmh mph mbar mb kb gb tb ' +
  'км км² км³ м м² м³ дм дм² дм³ см см² см³ мм мм² мм³ нм кг г мг мбар кб мб гб ' +
  'كم كم² كم³ م م² م³ سم سم² سم³ مم مم² مم³ غرام جرام جم كغ ملغ كوب اكواب';

/** Symbols younger than spaCy's list of them. */
const youngSymbols =
  '\\u166d\\u2b97\\u2bc9\\u2bff\\u2e50\\u2e51\\u32ff\\ufd40-\\ufdcf\\ufdfe\\ufdff\\u{1019c}\\u{11fd5}-\\u{11ff1}\\u{1cf50}-\\u{1cfc3}' +
  '\\u{1d1e9}\\u{1d1ea}\\u{1e14f}\\u{1ed2e}\\u{1f10d}-\\u{1f10f}\\u{1f16c}-\\u{1f16f}\\u{1f1ad}\\u{1f6d5}-\\u{1f6df}\\u{1f6fa}-\\u{1f6fc}' +
  '\\u{1f7e0}-\\u{1f7f0}\\u{1f8b0}\\u{1f8b1}\\u{1f90c}-\\u{1f90f}\\u{1f93f}\\u{1f971}\\u{1f972}\\u{1f977}-\\u{1f979}\\u{1f97b}' +
  '\\u{1f9a3}-\\u{1f9af}\\u{1f9ba}-\\u{1f9bf}\\u{1f9c3}-\\u{1f9cf}\\u{1fa00}-\\u{1fa53}\\u{1fa70}-\\u{1fbca}';
const symbol = `(?![${youngSymbols}])\\p{So}`;
const mark = '[<>¡¿·;،؛؟٪۔।`´‘‚〈〉⟦⟧『』〔〕]';
const currency = '[$£€¥฿₠-₿﷼]';

/** Among these an unequal sign, of which "=" is left without its stroke, stands for itself. */
const letters = 'a-zß-ɏα-ωа-яё\\p{sc=Han}\\p{sc=Hangul}';

const prefix = new RegExp(`^(?:[§=]|${mark}|${currency}|${symbol})`, 'u');
const suffix = new RegExp(`(?:${mark}|${symbol}|(?<=0)(?:${currency}|${units.replaceAll(' ', '|')}))$`, 'u');
const infix = new RegExp(`${symbol}|(?<=[0${letters}])[<>=](?=[${letters}])`, 'gu');
/** A text of letters and numbers needs no rule but that of contractions. */
const special = new RegExp(`[§=]|${mark}|${currency}|${symbol}|0`, 'u');

/** spaCy's loop: affixes are taken off the ends until what is left is a contraction or has none. */
function cut(chunk: string): readonly string[] {
  if (!special.test(chunk)) return cutWords.get(chunk) ?? [chunk];
  const before: string[] = [];
  const after: string[] = [];
  let rest = chunk;
  while (rest !== '' && !cutWords.has(rest)) {
    const start = prefix.exec(rest)?.[0] ?? '';
    const end = cutWords.has(rest.slice(start.length)) ? '' : (suffix.exec(rest.slice(start.length))?.[0] ?? '');
    if (start === '' && end === '') break;
    if (start !== '') before.push(start);
    if (end !== '') after.unshift(end);
    rest = rest.slice(start.length, rest.length - end.length);
  }
  const parts = [...before, ...(cutWords.get(rest) ?? inner(rest)), ...after];
  // The one contraction that keeps its mark.
  const mark = parts.findIndex((part, i) => part === '‘' && parts[i + 1] === 's');
  return mark < 0 ? parts : parts.toSpliced(mark, 2, '‘s');
}

function inner(rest: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, index } of rest.matchAll(infix)) {
    parts.push(rest.slice(from, index), found);
    from = index + found.length;
  }
  return [...parts, rest.slice(from)].filter((part) => part !== '');
}

/** The words of a text as datatrove compares them. */
export const datatroveWords = (text: string): string[] =>
  simplify(text)
    .split(' ')
    .flatMap((chunk) => (chunk === '' ? [] : cut(chunk)));

function classify(unit: string): { kind: number; to: number } {
  if (/^\p{Nd}$/u.test(unit)) return { kind: unitClasses.digit, to: 0 };
  if (isBlank(unit)) return { kind: unitClasses.separator, to: 0 };
  const simple = simplify(unit);
  if (simple === '') return { kind: unitClasses.skip, to: 0 };
  // A capital sigma depends on its place in the word.
  if (simple.length > 1 || special.test(simple) || /^[Σ\ud800-\udfff]$/u.test(unit))
    return { kind: unitClasses.slow, to: 0 };
  return { kind: unitClasses.letter, to: simple.charCodeAt(0) };
}

let form: WordForm | undefined;

/** The form of `datatroveWords`. */
export function datatroveForm(): WordForm {
  form ??= {
    ...unitTables(classify),
    words: datatroveWords,
    piece: /\S+/gu,
    foldsNumbers: true,
    splits: [...cutWords.keys()],
  };
  return form;
}
