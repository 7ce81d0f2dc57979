/**
 * @file The numbered provisions of a law, a contract, a standard or a manual as questions see them: articles, sections or clauses with their own
 * text, which of them refer to which, and which defined terms they use.
 */
import type { Document, Span } from '../../../../corpus/document.ts';
import type { Section } from '../../../../corpus/structure/sections.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import { factsOf, factsWithin } from '../../facts-within.ts';
import type { Context, ContextDocument, Proof, Refusal } from '../../question.ts';
import { listedReferences } from './listed-references.ts';

/** A numbered article, section or clause. */
export interface Provision {
  /** As one cites it: `Article 8`, `section 4.2`, `第八条`, `第4.2节`. */
  readonly name: string;
  readonly number: string;
  /** Empty where the heading is only a number. */
  readonly title: string;
  /** From its heading to the next one. */
  readonly span: Span;
  readonly bodyStart: number;
}

/** A place where the text sends the reader to a provision or a part of it. */
export interface Citation {
  /** Undefined outside of the provisions: in a schedule, before the first heading. */
  readonly from: Provision | undefined;
  readonly to: Provision;
  readonly label: string;
  readonly span: Span;
}

/** A term that the document defines, and where its provisions use it. */
export interface DefinedTerm {
  readonly term: string;
  readonly meaning: string;
  readonly proof: Proof;
  readonly home: Provision | undefined;
  /** Provisions other than `home` whose body has it, with the first place in each. */
  readonly uses: readonly { readonly provision: Provision; readonly proof: Proof }[];
}

/** A document by its provisions. */
export interface Provisions {
  readonly entry: ContextDocument;
  readonly all: readonly Provision[];
  readonly citations: readonly Citation[];
  /** Names that cannot be asked about: twice in the document, of another document too, cited where no heading is shown. */
  readonly unsure: ReadonlySet<string>;
}

/** Fewer are no code of provisions. */
const leastProvisions = 6;

type Kind = 'Article' | 'Section' | 'Clause' | 'section';

/** `4.2`, and in an annex `A.5`. */
const sectionNumber = /^(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*$/;

function kindOf({ unit, number = '', span, bodyStart }: Section, text: string): Kind | undefined {
  if (unit === 'article') return 'Article';
  if (unit === 'clause') return 'Clause';
  if (!sectionNumber.test(number) || (unit !== undefined && unit !== 'section')) return undefined;
  return /^\W*(?:section|sec\.|§)/i.test(text.slice(span.start, bodyStart)) ? 'Section' : 'section';
}

const nameOf = (kind: Kind, number: string, zh: boolean): string => {
  if (!zh) return `${kind} ${number}`;
  return kind === 'Article' ? `第${number}条` : `第${number}节`;
};

const digitsOf = (number: string): number[] =>
  number.split('.').map((part) => (/^\d/.test(part) ? Number(part) : part.charCodeAt(0) * 1000));

/** Whether a number stands behind another: 4.10 behind 4.2, A.1 behind 9. */
function isBehind(a: string, b: string): boolean {
  const [one, other] = [digitsOf(a), digitsOf(b)];
  const i = one.findIndex((part, k) => part !== other[k]);
  return i >= 0 && (other[i] === undefined || (one[i] ?? 0) > other[i]);
}

/** Of headings that many numbers of several levels lead, so many may be none. */
const mostItems = 0.3;

/**
 * Headings of several levels without the entries of a list of contents, and without the items of numbered lists that look like headings:
 * their numbers go back, or stand again before parts of that number.
 */
function inSequence(text: string, sections: readonly Section[]): readonly Section[] {
  if (sections.filter(({ number = '' }) => number.includes('.')).length < leastProvisions) return sections;
  const numbers = sections.map(({ number = '' }) => number);
  const isAgain = (i: number): boolean =>
    numbers.indexOf(numbers[i] ?? '') !== i || numbers.lastIndexOf(numbers[i] ?? '') !== i;
  const hasParts = (i: number): boolean => numbers[i + 1]?.startsWith(`${numbers[i]}.`) === true;
  const isEmpty = (i: number): boolean =>
    text.slice(sections[i]?.bodyStart, sections[i + 1]?.span.start ?? text.length).trim() === '';
  const parted = new Set(numbers.filter((_, i) => hasParts(i)));
  const kept: Section[] = [];
  for (const [i, section] of sections.entries()) {
    const { number = '' } = section;
    const entry = isAgain(i) && isEmpty(i) && !hasParts(i);
    const item = isAgain(i) && parted.has(number) && !hasParts(i);
    const last = kept.at(-1)?.number;
    if (!entry && !item && (last === undefined || isBehind(number, last))) kept.push(section);
  }
  return kept.length >= (1 - mostItems) * sections.length ? kept : sections;
}

/** Where headings of another kind begin between two places: text below them belongs to no provision. */
const endsWithin = (others: readonly Section[], start: number, end: number): number[] =>
  others.flatMap(({ span, level }) => (span.start > start && span.start < end && level <= 1 ? [span.start] : []));

/** The sections of the kind that the document has most of. */
function provisionsIn(document: Document, facts: Structure): Provision[] {
  const inTable = ({ span }: Section): boolean =>
    facts.tables.some((table) => table.span.start <= span.start && span.start < table.span.end);
  const groups = new Map<Kind, Section[]>();
  for (const section of facts.sections) {
    const kind = kindOf(section, document.text);
    if (kind === undefined || section.number === undefined || inTable(section)) continue;
    groups.set(kind, [...(groups.get(kind) ?? []), section]);
  }
  const [kind, sections = []] = [...groups].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (kind === undefined) return [];
  const zh = facts.language === 'zh';
  const heads = kind === 'section' ? inSequence(document.text, sections) : sections;
  const others = facts.sections.filter((one) => !sections.includes(one));
  return heads.map(({ number = '', title, span, bodyStart }, i) => {
    const next = heads[i + 1]?.span.start ?? document.text.length;
    // What was taken for a heading and is an item ends nothing.
    const ends = heads === sections ? span.end : Math.min(...endsWithin(others, span.start, next), next);
    return {
      name: nameOf(kind, number, zh),
      number,
      title: title.includes(`第${number}条`) || /^(?:article|section|clause) \S+$/i.test(title) ? '' : title,
      span: { start: span.start, end: Math.min(ends, next) },
      bodyStart,
    };
  });
}

const at = (all: readonly Provision[], place: number): Provision | undefined =>
  all.find(({ span }) => span.start <= place && place < span.end);

/** The provision that a number names, or that holds the paragraph of that number: 8.3 is in Article 8. */
function resolve(all: readonly Provision[], number: string, text: string): Provision | undefined {
  const same = all.find((provision) => provision.number === number);
  if (same !== undefined || !number.includes('.')) return same;
  const parts = number.split('.');
  const depth = [...parts.keys()].reverse().find((k) => all.some((one) => one.number === parts.slice(0, k).join('.')));
  const outer = all.find((provision) => provision.number === parts.slice(0, depth).join('.'));
  if (outer === undefined || depth === undefined) return undefined;
  const body = text.slice(outer.bodyStart - 1, outer.span.end);
  return body.includes(`\n${number} `) || new RegExp(`\\n[ \\t]*[(]?${parts[depth]}[.)] `).test(body)
    ? outer
    : undefined;
}

const numberIn = (label: string): string | undefined =>
  /第([一二三四五六七八九十百零〇\d.]+)[条节]/.exec(label)?.[1] ??
  /(?:(?<![A-Za-z])[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*/.exec(label)?.[0];

/** Kinds of references that name provisions of a kind: `Article 4.2` in a report of sections is of another work. */
const citedAs = (name: string): readonly string[] => {
  if (/^Article|条$/.test(name)) return ['article'];
  if (/^Clause/.test(name)) return ['clause'];
  return name.startsWith('section') ? ['section', 'clause', 'chapter'] : ['section'];
};
/** What follows or precedes a reference to a provision of another work. */
const ofAnother = /^\s*(?:of|in|to|under) (?!the (?:Act|Agreement|Policy|Contract)\b)(?:the|that|its|an?|[A-Z]\w*)\b/;
const another = /(?:》|(?<!本)(?:条例|法|办法|规定|细则|合同|协议))\s*$/;
const rangeBetween = /^\s*(?:to|through|–|—|-|至|到|～)\s*$/;

/** Provisions that a range of references covers without naming them. */
function covered({ document: { text }, facts: { references } }: ContextDocument, all: readonly Provision[]): string[] {
  return references.flatMap(({ label, span }, i) => {
    const next = references[i + 1];
    if (next === undefined || next.span.start <= span.end || next.span.start > span.end + 12) return [];
    if (!rangeBetween.test(text.slice(span.end, next.span.start))) return [];
    const [from, to] = [label, next.label].map((one) => all.findIndex(({ number }) => number === numberIn(one))) as [
      number,
      number,
    ];
    return from < 0 || to < 0 ? [] : all.slice(from, to + 1).map(({ name }) => name);
  });
}

function citationsOf(
  { document: { text }, facts, span: shown }: ContextDocument,
  all: readonly Provision[],
  unsure: Set<string>,
): Citation[] {
  const isShown = ({ start, end }: Span): boolean => shown.start <= start && end <= shown.end;
  const found: Citation[] = [];
  const like = all[0]?.name ?? '';
  const read = facts.references.filter(({ to }) => citedAs(like).includes(to));
  const [from, end] = [all[0]?.span.start ?? 0, all.at(-1)?.span.end ?? 0];
  const listed = listedReferences(text.slice(from, end), like)
    .map(({ label, span }) => ({ label, span: { start: from + span.start, end: from + span.end } }))
    .filter(
      ({ span }) => isShown(span) && !read.some((one) => one.span.start <= span.start && span.end <= one.span.end),
    )
    .filter(({ span }) => !all.some((one) => one.span.start <= span.start && span.end <= one.bodyStart));
  for (const { label, span } of [...read, ...listed].sort((a, b) => a.span.start - b.span.start)) {
    const number = numberIn(label);
    const to = number === undefined ? undefined : resolve(all, number, text);
    if (to === undefined) continue;
    const foreign =
      ofAnother.test(text.slice(span.end, span.end + 30)) ||
      another.test(text.slice(Math.max(0, span.start - 8), span.start));
    if (foreign) unsure.add(to.name);
    else found.push({ from: at(all, span.start), to, label, span });
  }
  return found;
}

/** Of the references to provisions, so many may lead to none: where more do, they are to those of another work. */
const mostDangling = 0.12;

const dangles = new WeakMap<Document, boolean>();
function isDangling(document: Document): boolean {
  const known = dangles.get(document);
  if (known !== undefined) return known;
  const facts = factsOf(document);
  const all = provisionsIn(document, facts);
  const as = citedAs(all[0]?.name ?? '');
  const numbers = facts.references.flatMap(({ to, label }) => (as.includes(to) ? (numberIn(label) ?? []) : []));
  const lost = numbers.filter((number) => resolve(all, number, document.text) === undefined).length;
  dangles.set(document, lost > 1 && lost > mostDangling * numbers.length);
  return lost > 1 && lost > mostDangling * numbers.length;
}

/** The provisions that a prompt shows of a document; a reason where there are too few. */
export function provisionsOf(entry: ContextDocument): Provisions | Refusal {
  const { document, facts, span } = entry;
  const every = provisionsIn(document, facts);
  const names = every.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const all = every.filter(({ name }, i) => names.indexOf(name) === i);
  if (all.length < leastProvisions) return 'too few numbered provisions';
  if (isDangling(document)) return 'it refers to provisions that it does not have';
  const unsure = new Set([...twice, ...covered(entry, all)]);
  const citations = citationsOf(entry, all, unsure);
  // What stands before the first heading of an excerpt belongs to a provision that is not shown.
  if (span.start > 0)
    for (const { from, to } of citations) if (from === undefined && to.span.start > span.start) unsure.add(to.name);
  return { entry, all, citations, unsure };
}

/** Those of the chosen document of a context. */
export function chosenProvisions({ documents, chosen }: Context): Provisions | Refusal {
  const entry = documents[chosen[0] ?? -1];
  return entry === undefined ? 'no chosen document' : provisionsOf(entry);
}

/** Provisions that an excerpt shows at least, where the document has so many. */
const shownTogether = 6;

/** Runs of provisions: an excerpt is drawn around one. `serves` says whether a document has what a question needs. */
export function provisionPlaces(
  document: Document,
  facts: Structure,
  serves: (found: Provisions) => boolean,
): Span[] | Refusal {
  const whole = { start: 0, end: document.text.length };
  const found = provisionsOf({ document, title: document.title, span: whole, facts });
  if (typeof found === 'string') return found;
  if (!serves(found)) return 'its provisions do not have what is asked for';
  const places: Span[] = [];
  for (let i = 0; i < found.all.length; i += Math.ceil(shownTogether / 2)) {
    const run = found.all.slice(i, i + shownTogether);
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || (run.length < shownTogether && places.length > 0)) continue;
    const span = { start: first.span.start, end: last.span.end };
    const part = provisionsOf({ document, title: document.title, span, facts: factsWithin(facts, span) });
    if (run.length === found.all.length || (typeof part !== 'string' && serves(part))) places.push(span);
  }
  return places.length > 0 ? places : [whole];
}

/** The heading of a provision as a proof. */
export const headingProof = ({ entry }: Provisions, { span, bodyStart, name }: Provision): Proof => ({
  document: entry.document,
  span: { start: span.start, end: Math.max(span.start + Math.min(name.length, 4), Math.min(bodyStart, span.end)) },
});

/** A reference as a proof. */
export const citationProof = ({ entry }: Provisions, { span }: Citation): Proof => ({ document: entry.document, span });

/** Other provisions that cite one, in order, each once with its first citation. */
export function citersOf({ citations }: Provisions, target: Provision): Citation[] {
  const seen = new Set<string>();
  return citations.filter(({ from, to }) => {
    if (to !== target || from === undefined || isWithin(from, target) || seen.has(from.name)) return false;
    seen.add(from.name);
    return true;
  });
}

/** How many references lead from one provision to another. */
export const crossReferences = ({ citations }: Provisions): number =>
  citations.filter(({ from, to }) => from !== undefined && from !== to).length;

const answers = { least: 3, most: 14 };
/** Naming all would pay where more are right. */
const mostRight = 0.4;

/** Whether some provisions can be all that are asked for: a few of those shown, each of them sure. */
export const isSelection = ({ all, unsure }: Provisions, right: readonly Provision[]): boolean =>
  right.length >= answers.least &&
  right.length <= Math.min(answers.most, mostRight * all.length) &&
  !right.some(({ name }) => unsure.has(name));

/** Whether a provision is another or a part of it: 4.2 and 4. */
export const isWithin = (inner: Provision, outer: Provision): boolean =>
  inner.number === outer.number || inner.number.startsWith(`${outer.number}.`);

/** `Article 8 (Service Credits)`; only the number where there is no title. */
export const withTitle = ({ name, title }: Provision): string => (title === '' ? name : `${name} (${title})`);
