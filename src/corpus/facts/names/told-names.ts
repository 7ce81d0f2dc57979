/** @file Names that other facts tell: defined terms that the text writes with capitals, and Chinese names of whom it quotes. */
import type { Definition } from '../definitions.ts';
import type { Quotation } from '../quotations.ts';
import { surnames } from './chinese-words.ts';
import type { Name } from './name.ts';

/** `Home Reader`, `DeadLetter`; a single capital begins sentences too. */
const severalCapitals = /^\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*)+$|^\p{Lu}\p{Ll}+\p{Lu}\p{L}*$/u;
const oneCapital = /^\p{Lu}\p{Ll}{3,}$/u;
/** Parties and papers of a contract. */
const generic =
  /^(?:Company|Agreement|Part(?:y|ies)|Boards?|Acts?|Committee|Commission|Council|Court|Minister|Secretary|State|Services?|Products?|Users?|Customers?|Clients?|Contract|Order|Date|Term|Works?|Tenant|Landlord|Buyer|Seller|Lender|Borrower|Employer|Employee|Contractor|Plant|Software|License|Licence|Contributor|Authority|Person|Member|Shares?|Premises|Property|Fees?|Rent)$/;
const chinesePerson = new RegExp(`^[${surnames}]\\p{Script=Han}{1,2}$`, 'u');

/** A name stands so often in a text. */
const leastMentions = 2;
/** Of one that is written all over a long text the first mentions are kept. */
const mostMentions = 500;

function mentionsOf(text: string, name: string): Name['mentions'] {
  const mentions: { start: number; end: number }[] = [];
  for (
    let at = text.indexOf(name);
    at >= 0 && mentions.length < mostMentions;
    at = text.indexOf(name, at + name.length)
  )
    if (!/[\p{L}\p{N}]/u.test(/\p{Script=Han}/u.test(name) ? '' : (text[at + name.length] ?? '')))
      mentions.push({ start: at, end: at + name.length });
  return mentions;
}

const named = (text: string, name: string, kind: Name['kind']): Name => ({
  name,
  kind,
  mentions: mentionsOf(text, name),
});

/** Mentions behind a small letter: there a capital is meant. */
const within = (text: string, { mentions }: Name): number =>
  mentions.filter(({ start }) => /[\p{Ll},;] $/u.test(text.slice(Math.max(0, start - 2), start))).length;

/** A product in the title of its manual: `KilnMate 40`, `AquaSwift K2`. */
const model = /(?<![\p{L}\d])\p{Lu}\p{L}{3,}[ -](?:\p{Lu}{0,2}\d{1,4}\p{Lu}?|\p{Lu}\d)(?![\p{L}\d.,:/-])/gu;
const opening = 300;
/** What is counted, and months. */
const counted =
  /^(?:Table|Figure|Section|Chapter|Rule|Article|Page|Room|Platform|Line|Route|Version|Part|Item|Exhibit|Day|Week|Phase|Step|Level|Grade|Unit|Building|Note|Form|Volume|Issue|Number|Sheet|Lesson|Module|Annex|Appendix|Schedule|Group|Team|Act|Scene|Book|Release|Draft|Order|Standard|Report|Paper|Year|Edition|Channel|Draft|RFC|ISO|January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter|Since|From|Until|About|Over|Under|Before|After|Copyright|Summer|Fiscal|Quarter)\b|[ -](?:19|20)\d\d$/;

/** Whom a text quotes twice by a Chinese name; what follows a known name is no part of it. */
function quotedPersons(quotations: readonly Quotation[], known: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  for (const { speaker = '' } of quotations)
    if (chinesePerson.test(speaker)) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const isLonger = (name: string): boolean => known.has(name.slice(0, -1)) || counts.has(name.slice(0, -1));
  return [...counts].filter(([name, count]) => count >= leastMentions && !isLonger(name)).map(([name]) => name);
}

/** The names with those that are told elsewhere, most mentioned first. */
export function withToldNames(
  text: string,
  names: readonly Name[],
  definitions: readonly Definition[],
  quotations: readonly Quotation[],
  language: string,
): Name[] {
  const known = new Set(names.map(({ name }) => name.toLowerCase()));
  const isNew = (name: string): boolean => !known.has(name.toLowerCase()) && known.add(name.toLowerCase()).size > 0;
  // German writes every noun with a capital.
  const isWritten = (term: string): boolean =>
    language !== 'de' && (severalCapitals.test(term) || (oneCapital.test(term) && !generic.test(term)));
  const terms = definitions
    .map(({ term }) => term)
    .filter((term) => isWritten(term) && isNew(term))
    .map((name) => named(text, name, 'term'))
    .filter((name) => (severalCapitals.test(name.name) ? name.mentions.length : within(text, name)) >= leastMentions);
  const models = Array.from(text.slice(0, opening).matchAll(model), ([name]) => name)
    .filter((name) => !counted.test(name) && isNew(name))
    .map((name) => named(text, name, 'term'))
    .filter(({ mentions }) => mentions.length >= leastMentions);
  const speakers = quotedPersons(quotations, known)
    .filter(isNew)
    .map((name) => named(text, name, 'person'))
    .filter(({ mentions }) => mentions.length >= leastMentions);
  return [...names, ...terms, ...models, ...speakers].sort((a, b) => b.mentions.length - a.mentions.length);
}
