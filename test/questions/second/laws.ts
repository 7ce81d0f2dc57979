/** @file Second implementations for laws, contracts and manuals. */
import {
  opening,
  asked as reference,
  whats,
} from '../../../src/construction/questions/generators/by-reference/wordings.ts';
import { asked as terms } from '../../../src/construction/questions/generators/definitions-table/wordings.ts';
import { asked as rules } from '../../../src/construction/questions/generators/rules-to-articles/wordings.ts';
import { asked as degree } from '../../../src/construction/questions/generators/sections-by-references/wordings.ts';
import { asked as citing, relations } from '../../../src/construction/questions/generators/sections-citing/wordings.ts';
import { asked as used } from '../../../src/construction/questions/generators/terms-used/wordings.ts';
import { quoted } from './grid.ts';
import { type Asked, documentsOf, itemsOf, only, type Second, said } from './prompt.ts';
import {
  citedBy,
  definitionsIn,
  named,
  type Provision,
  provisionOf,
  provisionsOf,
  referencesIn,
  textOf,
  uses,
} from './provisions.ts';

const read = (asked: Asked, title = ''): Provision[] => {
  const document = documentsOf(asked).find((one) => one.title === title);
  return document === undefined ? [] : provisionsOf(document);
};

const sectionsCiting: Second = (asked) => {
  const { document, relation } = citing.read(asked.question) ?? {};
  const all = read(asked, document);
  const { kind, slots = {} } = said(relations, relation) ?? {};
  const target = named(all, slots.target ?? '')?.label ?? '';
  const direct = new Set(
    all.filter((one) => !isPartOf(one.label, target) && citedBy(all, one).has(target)).map(({ label }) => label),
  );
  const fits = (one: Provision): boolean => {
    const cited = citedBy(all, one);
    if (kind === 'through') return cited.has(target) || [...cited].some((label) => direct.has(label));
    return cited.has(target);
  };
  return all.filter((one) => !isPartOf(one.label, target) && fits(one)).map(({ label }) => label);
};

/** section 9.2 is a part of section 9. */
const isPartOf = (label: string, whole: string): boolean => label === whole || label.startsWith(`${whole}.`);

/** Provisions that use a term, without the one that defines it. */
function users(all: readonly Provision[], term: string): Provision[] {
  const home = definitionsIn(all).find((entry) => entry.term === term)?.label;
  return all.filter((one) => one.label !== home && uses(textOf(one), term));
}

const termsUsed: Second = (asked) => {
  const { document, condition = '' } = used.read(asked.question) ?? {};
  const all = read(asked, document);
  const [one = '', other] = quoted(condition);
  const second = new Set(other === undefined ? [] : users(all, other));
  const without = /without|not|没有|而不|但不|未/.test(condition);
  const home = definitionsIn(all).find((entry) => entry.term === other)?.label;
  return users(all, one)
    .filter(
      (entry) => other === undefined || (without ? !second.has(entry) && entry.label !== home : second.has(entry)),
    )
    .map(({ label }) => label);
};

const definitionsTable: Second = (asked) => {
  const { document, terms: listed } = terms.read(asked.question) ?? {};
  const all = read(asked, document);
  const data = quoted(listed).map((term) => [term, users(all, term)[0]?.label ?? '', String(users(all, term).length)]);
  const columns = asked.language === 'zh' ? ['术语', '首次', '数目'] : ['term', 'first', 'count'];
  return data.length === 0 ? undefined : [JSON.stringify({ columns, data })];
};

const sectionsByReferences: Second = (asked) => {
  const all = read(asked, degree.read(asked.question)?.document);
  const rated = (degree.read(asked.question)?.items ?? '').split('\n').flatMap((line) => {
    const text = line.replace(/^(?:\(\w\)|\w[:.]|-|•) */, '');
    const provision = named(all, text);
    const count = all.filter(
      (one) => !isPartOf(one.label, provision?.label ?? '') && citedBy(all, one).has(provision?.label ?? ''),
    ).length;
    return provision === undefined ? [] : [{ label: provision.label, count }];
  });
  return rated.sort((a, b) => b.count - a.count).map(({ label }) => label);
};

const squeezed = (text: string): string => text.replace(/[\s`*_]+/g, '');

const measuresOf: readonly [RegExp, RegExp][] = [
  [
    /period|期限/,
    /(?:\d+|[一二三四五六七八九十百两]+)(?:个)?(?:小时|日|天|年|月|分钟|工作日)(?:内|以内)?|\b(?:\d[\d,.]*\d|\w+) (?:Business )?(?:hours|days|months|years|weeks)\b/g,
  ],
  [/money|金额/, /[£$€]\d[\d,.]*\d|[\d一二三四五六七八九十百千万]+元/g],
  [/percentage|百分比/, /\d+(?:\.\d+)? ?(?:%|per cent)|百分之[一二三四五六七八九十]+/g],
];

/** The words that refer: of the sentence that a question quotes the beginning of, or of the provision that it names. */
function referring(all: readonly Provision[], place = ''): { provision: Provision; text: string } | undefined {
  const { words } = opening.read(place) ?? {};
  if (words === undefined) {
    const provision = named(all, place.replace(/的[条小].*$/, ''));
    return provision && { provision, text: textOf(provision) };
  }
  const begins = (text: string): boolean => squeezed(text).includes(squeezed(words));
  const holder = only(all.filter((provision) => begins(textOf(provision))));
  const lines = holder?.lines
    .join(' ')
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+(?=\p{Lu})|(?<=[。])|\s(?=\(\w\) )/u);
  const text = lines?.find(begins) ?? '';
  return holder && { provision: holder, text };
}

const byReference: Second = (asked) => {
  const { document, place, what } = reference.read(asked.question) ?? {};
  const all = read(asked, document);
  const source = referring(all, place);
  const targets = referencesIn(source?.text ?? '').map(({ number }) => provisionOf(all, number));
  const target = only([...new Set(targets)].filter((one) => one !== source?.provision));
  if (target === undefined) return undefined;
  const { kind, slots = {} } = said(whats, what) ?? {};
  if (kind === 'heading') return [target.title];
  const pattern = measuresOf.find(([name]) => name.test(slots.measure ?? ''))?.[1];
  const values = pattern && [...textOf(target).matchAll(pattern)].map(([found]) => found.replace(/以?内$/, ''));
  const value = only([...new Set(values)]);
  return value === undefined ? undefined : [value];
};

const rulesToArticles: Second = (asked) => {
  const all = read(asked, rules.read(asked.question)?.document);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const quote = squeezed(text.replace(/^“|”$/g, ''));
    const provision = only(all.filter((one) => squeezed(textOf(one)).includes(quote)));
    return provision === undefined ? '' : `${label}: ${provision.label}`;
  });
  return lines.includes('') ? undefined : lines;
};

/** By the id of the generator. */
export const laws: Readonly<Record<string, Second>> = {
  'sections-citing': sectionsCiting,
  'terms-used': termsUsed,
  'definitions-table': definitionsTable,
  'sections-by-references': sectionsByReferences,
  'by-reference': byReference,
  'rules-to-articles': rulesToArticles,
};
