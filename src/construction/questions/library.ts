/**
 * @file The documents of one split in one language as questions see them: measured, with the generators that each can serve and the
 * documents that are most like it.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { sha256 } from '../../corpus/make-document.ts';
import type { CountTokens } from '../../tokens.ts';
import { type CuttableDocument, cuttable } from './excerpt.ts';
import { factsOf } from './facts-within.ts';
import type { QuestionLanguage } from './language.ts';
import type { QuestionGenerator, Refusal } from './question.ts';
import { questionGenerators } from './registry.ts';

/** A document with all that is known of it before a context is drawn. */
export interface Entry extends CuttableDocument {
  readonly number: number;
  readonly terms: ReadonlyMap<string, number>;
}

/** A document that serves a generator, with the places that can be asked about. */
export interface Serving {
  readonly entry: Entry;
  readonly places: readonly Span[];
}

/** What documents share that are about the same: words that few others have. */
const termsKept = 48;
const likest = 64;

function wordsOf(text: string, language: QuestionLanguage): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
  if (language === 'zh') {
    for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu))
      for (let i = 0; i + 2 <= run.length; i++) add(run.slice(i, i + 2));
    return counts;
  }
  for (const [word] of text.matchAll(/\p{L}{4,}/gu)) add(word.toLowerCase());
  return counts;
}

/** Characters that a document is compared by: a book is like another by its first chapters. */
const compared = 60_000;

/** Each document's words of highest weight: frequent in it, rare in the others. */
function termsOf(documents: readonly Document[], language: QuestionLanguage): ReadonlyMap<string, number>[] {
  const counted = documents.map(({ text }) => wordsOf(text.slice(0, compared), language));
  const frequency = new Map<string, number>();
  for (const words of counted) for (const word of words.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return counted.map((words) => {
    const weighed = [...words].map(([word, count]): [string, number] => [
      word,
      (1 + Math.log(count)) * Math.log((documents.length + 1) / (frequency.get(word) ?? 1)),
    ]);
    weighed.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const kept = weighed.slice(0, termsKept);
    const length = Math.sqrt(kept.reduce((sum, [, weight]) => sum + weight ** 2, 0)) || 1;
    return new Map(kept.map(([word, weight]) => [word, weight / length]));
  });
}

const ownWords = new WeakMap<Document, Document>();

/** A document in its own words and under its own title. */
function inOwnWords(document: Document): Document {
  const { own, text, record: _, ...rest } = document;
  if (own === undefined) return document;
  const words = text.slice(own.start);
  const made = ownWords.get(document) ?? { ...rest, title: own.title, text: words, sha256: sha256(words) };
  ownWords.set(document, made);
  return made;
}

/** The documents of a split in one language. Which document serves which generator is found when it is first asked for. */
export class Library {
  readonly language: QuestionLanguage;
  readonly entries: readonly Entry[];
  /** Tokens of all documents. */
  readonly tokens: number;
  readonly countTokens: CountTokens;
  private readonly byTerm = new Map<string, { readonly number: number; readonly weight: number }[]>();
  private readonly servings = new Map<string, readonly Serving[]>();
  private readonly likes = new Map<number, readonly number[]>();
  private readonly refusals = new Map<string, Map<Refusal, number>>();

  constructor(found: readonly Document[], language: QuestionLanguage, countTokens: CountTokens) {
    this.language = language;
    this.countTokens = countTokens;
    const documents = found.map(inOwnWords);
    const terms = termsOf(documents, language);
    this.entries = documents.map((document, number) => ({
      ...cuttable(document, factsOf(document), this.countTokens),
      number,
      terms: terms[number] ?? new Map(),
    }));
    this.tokens = this.entries.reduce((sum, { tokens }) => sum + tokens, 0);
    for (const { number, terms: own } of this.entries)
      for (const [term, weight] of own) {
        const holders = this.byTerm.get(term);
        if (holders === undefined) this.byTerm.set(term, [{ number, weight }]);
        else holders.push({ number, weight });
      }
  }

  /** The documents that a generator can ask about, in the order of the library. */
  serving(generator: QuestionGenerator): readonly Serving[] {
    if (this.servings.size === 0) this.survey([...new Set([...questionGenerators, generator])]);
    const known = this.servings.get(generator.id);
    if (known !== undefined) return known;
    this.survey([generator]);
    return this.servings.get(generator.id) ?? [];
  }

  /** Every document is read once for all generators. */
  private survey(generators: readonly QuestionGenerator[]): void {
    const able = generators.filter(({ languages }) => languages.includes(this.language));
    const found = new Map<string, Serving[]>(generators.map(({ id }) => [id, []]));
    for (const { id } of generators) this.refusals.set(id, new Map());
    for (const entry of this.entries) {
      const facts = factsOf(entry.document);
      for (const generator of able) {
        const fits = generator.forms === undefined || generator.forms.includes(facts.form);
        const places = fits ? generator.places(entry.document, facts) : `a ${facts.form} is no document for it`;
        const why = this.refusals.get(generator.id);
        if (typeof places === 'string') why?.set(places, (why.get(places) ?? 0) + 1);
        else if (places.length > 0) found.get(generator.id)?.push({ entry, places });
      }
    }
    for (const [id, servings] of found) this.servings.set(id, servings);
  }

  /** Why documents cannot serve, with how many; empty before `serving` was asked. */
  reasons(generator: QuestionGenerator): readonly (readonly [Refusal, number])[] {
    return [...(this.refusals.get(generator.id) ?? [])].sort(([, a], [, b]) => b - a);
  }

  /** Numbers of the other documents, likest first: parts of the same work, then those that share the rarest words. */
  like(entry: Entry): readonly number[] {
    const known = this.likes.get(entry.number);
    if (known !== undefined) return known;
    const scores = new Map<number, number>();
    for (const [term, weight] of entry.terms)
      for (const { number, weight: other } of this.byTerm.get(term) ?? [])
        scores.set(number, (scores.get(number) ?? 0) + weight * other);
    const { work } = entry.document;
    if (work !== undefined)
      for (const { number, document } of this.entries)
        if (document.work === work)
          scores.set(number, (scores.get(number) ?? 0) + 2 - Math.abs(number - entry.number) / 1e4);
    scores.delete(entry.number);
    const ranked = [...scores].sort(([a, m], [b, n]) => n - m || a - b).map(([number]) => number);
    const first = ranked.slice(0, likest);
    this.likes.set(entry.number, first);
    return first;
  }
}
