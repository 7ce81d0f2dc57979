/**
 * @file Documents of `Field: value` lines as entries of a collection: what people call one of them, and which fields belong together.
 */
import type { ContextDocument } from '../../question.ts';

/** What an entry is about, by fields that only such entries have. */
const kinds: readonly (readonly [RegExp, { readonly en: readonly [string, string]; readonly zh: string }])[] = [
  [
    /^(?:Country name|Government type|Capital)\b/m,
    { en: ['country or territory', 'countries and territories'], zh: '国家或地区' },
  ],
  [/^(?:ISBN|Publisher|出版社)\b/m, { en: ['book', 'books'], zh: '书' }],
  [/^(?:SKU|Model|Price|型号|售价|价格)\b/m, { en: ['product', 'products'], zh: '产品' }],
];

/** What an entry and several are called. */
export interface EntryNoun {
  readonly one: string;
  readonly many: string;
}

/** The noun for the documents of a prompt; `entry` where nothing tells. */
export function nounOf(documents: readonly ContextDocument[], language: 'en' | 'zh'): EntryNoun {
  const kind = kinds.find(([field]) => documents.every(({ document }) => field.test(document.text)))?.[1];
  if (language === 'zh') return { one: kind?.zh ?? '条目', many: kind?.zh ?? '条目' };
  const [one = '', many = ''] = kind?.en ?? ['entry', 'entries'];
  return { one, many };
}

/** A field of several levels as a sentence names it: `Area - land` as `Area (land)`. */
export const saidField = (label: string): string =>
  /[()]/.test(label) ? label : label.replace(/^(.+) - ([^-]+)$/, '$1 ($2)');

/** Fields that say how or where, not how much. */
export const isAside = (label: string): boolean =>
  /\bnote\b|comparative|coordinates|telephone$|\bFAX\b|mailing|map reference|time difference|chancery|备注|坐标|电话|传真/i.test(
    label,
  );

/** Whether one of two fields counts what the other counts in part: `Area - total` and `Area - land`, `Airports` and `Airports - paved`. */
export function wholeAndPart(a: string, b: string): boolean {
  const [one, other] = [a, b].map((label) => label.replace(/ - total$/i, ''));
  return (
    one !== undefined &&
    other !== undefined &&
    (`${one} `.startsWith(`${other} - `) || `${other} `.startsWith(`${one} - `))
  );
}

/** The year that a figure is of: `12 million (2012 est.)`; undefined where it says none. */
export const yearOfValue = (value: string): string | undefined =>
  /\((?:[^()]*\b)?((?:19|20)\d\d)\b[^()]*\)/.exec(value)?.[1];
