/**
 * @file What a reader of the questions would stumble over: names that are no names, golds that are not words of the text, titles that are names of
 * files, quotations that were cut, one stem over and over. Found by the look of the words, in the prompt, the question and the gold alone.
 */
import type { RewardSpec } from '../rewards/reward.ts';

/** What is looked for in every sample. */
export const sampleLints = ['name', 'gold not in the text', 'title of a file', 'cut quotation'] as const;
/** And over the samples of a generator. */
export const lintNames = [...sampleLints, 'one stem'] as const;
/** Name of a lint. */
export type LintName = (typeof lintNames)[number];

/** A sample as a reader sees it. */
export interface Shown {
  readonly spec: RewardSpec;
  readonly question: string;
  readonly prompt: string;
}

/** What one sample shows: the words that a reader stumbles over. */
export interface Stumble {
  readonly lint: LintName;
  readonly words: string;
}

/** How many of the samples tried, with the words of one. */
export interface LintFinding {
  readonly lint: LintName;
  readonly samples: number;
  readonly example: string;
  /** Id of that sample. */
  readonly id: string;
}

const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Golds that say which, or how much, stand nowhere. */
const computed = new Set(['Accuracy', 'math_verify', 'Summary', 'Pairwise_Accuracy', 'IoU']);
/** `1: B`, `1: MR WREN`; `section 14` for the 14 of a heading. */
const itemNumber = /^\(?[\p{L}\d]{1,3}\)?[:：.]\s+/u;
const provision = /^(?:section|article|clause|chapter|part|paragraph|rule|schedule)s? [\dA-Z]+(?:[.(][\dA-Za-z)]+)*$/i;

/** The texts that a gold states; letters of options and numbers are none. */
const statedBy = ({ spec, question }: Shown): string[] =>
  computed.has(spec.metric)
    ? []
    : spec.gold
        .map((line) => (/^\s*\S{1,3}[:：.]\s/m.test(question) ? line.replace(itemNumber, '') : line))
        .filter((line) => /\p{L}{2}/u.test(line) && !provision.test(line));

const noNames = new Set(
  'the this that there these those then here and but so it he she they reply question answer notes note yes no chapter section page table figure part annex appendix unknown none anonymous various'.split(
    ' ',
  ),
);
/** `Q40 Mr Reddy`, `Speaker:`, `and Mrs Vane`, `2 August 2022 Reply`. */
const spoiltName = /^(?:Q\d+\b|[-–•*#>])|[:：|]$|^(?:and|or|the|of|to|in) \S|^\d{1,2} [A-Z][a-z]+ \d{4}\b/;
/** Names in questions: what somebody asks, says, mentions. */
const asker =
  /\b((?:Q\d+ )?[\p{Lu}][\p{L}.’'-]*(?: [\p{Lu}][\p{L}.’'-]*){0,3}) (?:asks|asked|says|said|replies|puts the question|has asked)\b/gu;

function spoiltNames(source: Shown): string[] {
  const asking = [...source.question.matchAll(asker)].map(([, name = '']) => name);
  const isName = /speaker|says|said|who\b|whose|person|谁|发言人/i.test(source.question);
  const named = isName ? statedBy(source) : [];
  return [...asking, ...named].filter(
    (name) => spoiltName.test(name) || (noNames.has(name.toLowerCase()) && name !== 'I'),
  );
}

function missing(source: Shown): string[] {
  const stated = statedBy(source);
  if (stated.length === 0) return [];
  const text = folded(source.prompt);
  return stated.filter((line) => !text.includes(folded(line)));
}

const heads = /^=== (?:Document \d+: |文档 \d+：)(.+?) ===$/gm;
const ending = /\.(?:txt|md|html?|pdf|docx?|csv|json|epub|xlsx?|vtt|odt|rst)$/i;

/** `hearing_2024.txt`, `deploy-log`, `hearing emergency`: a title has a capital, or is written without any. */
const isFileName = (title: string): boolean =>
  ending.test(title) ||
  /^[\w-]*_[\w-]*$/.test(title) ||
  (/^[a-z\d][a-z\d _.-]*$/.test(title) && /[a-z]{3}/.test(title));

function fileNames(source: Shown): string[] {
  const titles = [...source.prompt.matchAll(heads)].map(([, title = '']) => title.replace(/ \(\d+\)$/, ''));
  // Only those that the question names are read by anybody.
  return titles.filter((title) => isFileName(title) && source.question.includes(title));
}

/** Ends within an abbreviation, or in the middle of brackets. */
const cut = /\b(?:[ap]\.|Mr\.|Mrs\.|Ms\.|Dr\.|No\.|St\.|e\.g\.|i\.e\.|vs\.)$|[,;:，；：、]$|^[,;.:，。；：]/;
const quotation = /“([^”]{12,})”|^(?:\([A-Z]\)|\d+[:：.]) (.{12,})$/gm;

const cutQuotations = ({ question }: Shown): string[] =>
  [...question.matchAll(quotation)]
    .map(([, quoted, line]) => (quoted ?? line ?? '').replace(/^“|”$/g, ''))
    .filter(
      (words) => cut.test(words) || (words.match(/[(（]/g)?.length ?? 0) !== (words.match(/[)）]/g)?.length ?? 0),
    );

const finders: Readonly<Record<(typeof sampleLints)[number], (source: Shown) => readonly string[]>> = {
  name: spoiltNames,
  'gold not in the text': missing,
  'title of a file': fileNames,
  'cut quotation': cutQuotations,
};

/** What one sample shows, the first words of each kind. */
export const stumblesOf = (source: Shown): Stumble[] =>
  sampleLints.flatMap((lint) => {
    const [words] = finders[lint](source);
    return words === undefined ? [] : [{ lint, words }];
  });

/** First words of a question that say how it is asked. */
const stemWords = { en: 5, zh: 8 } as const;
/** Of eight wordings the commonest opens no larger share than this. */
const mostOfStem = 0.4;
const leastForStem = 10;

const stemOf = (question: string): string =>
  /\p{Script=Han}/u.test(question.slice(0, 20))
    ? question.slice(0, stemWords.zh)
    : question
        .replace(/“[^”]*”/g, '“…”')
        .split(/\s+/)
        .slice(0, stemWords.en)
        .join(' ');

/** The findings over the samples of one generator. */
export function lintFindings(
  items: readonly { readonly id: string; readonly question: string; readonly stumbles: readonly Stumble[] }[],
): LintFinding[] {
  const found = sampleLints.flatMap((lint): LintFinding[] => {
    const own = items.flatMap(({ id, stumbles }) =>
      stumbles.filter((one) => one.lint === lint).map((one) => ({ id, ...one })),
    );
    const [first] = own;
    return first === undefined ? [] : [{ lint, samples: own.length, example: first.words, id: first.id }];
  });
  const stems = new Map<string, string[]>();
  for (const { id, question } of items) stems.set(stemOf(question), [...(stems.get(stemOf(question)) ?? []), id]);
  const [stem = '', ids = []] = [...stems].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const isOne = items.length >= leastForStem && ids.length > mostOfStem * items.length && stem !== '';
  return isOne ? [...found, { lint: 'one stem', samples: ids.length, example: stem, id: ids[0] ?? '' }] : found;
}
