/**
 * @file P2: which of T1..T9 a document can serve, by criteria that a machine checks. Each criterion is data: the task, what
 * it asks for, and how it is decided from the document and its family.
 */
import type { Document, Fact } from '../corpus/document.ts';
import { countWords } from '../corpus/make-document.ts';
import { usable } from '../corpus/select.ts';
import type { TaskId } from '../tasks/task.ts';

/** What the criteria look at: the document, its facts by type, and what its family offers to compare it with. */
export interface DocumentProfile {
  readonly document: Document;
  readonly words: number;
  readonly category: Fact | undefined;
  readonly texts: readonly Fact[];
  readonly numbers: readonly Fact[];
  /** Records of the family, this one included. */
  readonly familySize: number;
  /** Distinct categories in the family. */
  readonly categories: number;
  /** Records of the family in this one's category. */
  readonly sameCategory: number;
  /** Distinct values that the family has for a field. */
  readonly distinctValues: (field: string) => number;
}

/** One thing that a task asks of a document with a record. */
export interface Criterion {
  readonly task: TaskId;
  /** What a document must have, as a clause that completes `needs ...`. */
  readonly needs: string;
  readonly holds: (profile: DocumentProfile) => boolean;
}

/** Fewest words that make a document worth citing as evidence. The corpus filter asks for as many; a caller need not use it. */
const leastWords = usable.minWords;

const factsOf = (profile: DocumentProfile): readonly Fact[] => [...profile.texts, ...profile.numbers];
const hasCategory = (profile: DocumentProfile): boolean => profile.category !== undefined;
const minority = (profile: DocumentProfile, least: number): boolean =>
  hasCategory(profile) && profile.sameCategory >= least && profile.sameCategory < profile.familySize;
const comparable = (profile: DocumentProfile, facts: readonly Fact[], least: number): boolean =>
  facts.some((fact) => profile.distinctValues(fact.field) >= least);

/** The nine lists. A document serves a task when all its criteria hold. */
export const criteria: readonly Criterion[] = [
  ...(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9'] as const).flatMap((task): Criterion[] => [
    { task, needs: `at least ${leastWords} words`, holds: (profile) => profile.words >= leastWords },
    { task, needs: 'a record with a name and a category', holds: hasCategory },
  ]),
  { task: 'T1', needs: 'an attribute with a short value', holds: (profile) => factsOf(profile).length >= 1 },
  {
    task: 'T2',
    needs: 'an attribute with at least four values in its family',
    holds: (p) => comparable(p, factsOf(p), 4),
  },
  { task: 'T3', needs: 'a category that others share and not all', holds: (profile) => minority(profile, 2) },
  { task: 'T4', needs: 'a number', holds: (profile) => profile.numbers.length >= 1 },
  { task: 'T4', needs: 'a category that others share and not all', holds: (profile) => minority(profile, 2) },
  { task: 'T5', needs: 'an attribute to tabulate', holds: (profile) => factsOf(profile).length >= 1 },
  { task: 'T5', needs: 'a category that others share and not all', holds: (profile) => minority(profile, 2) },
  { task: 'T6', needs: 'a family with at least three categories', holds: (profile) => profile.categories >= 3 },
  { task: 'T7', needs: 'a number with at least seven values in its family', holds: (p) => comparable(p, p.numbers, 7) },
  { task: 'T8', needs: 'a number with at least four values in its family', holds: (p) => comparable(p, p.numbers, 4) },
  { task: 'T9', needs: 'at least two attributes to summarise', holds: (profile) => factsOf(profile).length >= 2 },
];

/** Profiles of documents that will be used together (one split of a corpus). */
export function profileDocuments(documents: readonly Document[]): DocumentProfile[] {
  const byFamily = new Map<string, Document[]>();
  for (const document of documents) {
    if (document.record === undefined) continue;
    byFamily.set(document.record.family, [...(byFamily.get(document.record.family) ?? []), document]);
  }
  const values = new Map<string, Set<string>>();
  const categories = new Map<string, number>();
  for (const [family, members] of byFamily) {
    for (const fact of members.flatMap((document) => document.record?.facts ?? [])) {
      const key = `${family}\u0000${fact.field}`;
      values.set(key, (values.get(key) ?? new Set<string>()).add(fact.value));
      if (fact.type !== 'category') continue;
      categories.set(`${key}\u0000${fact.value}`, (categories.get(`${key}\u0000${fact.value}`) ?? 0) + 1);
    }
  }
  return documents.map((document): DocumentProfile => {
    const facts = document.record?.facts ?? [];
    const family = document.record?.family ?? '';
    const category = facts.find((fact) => fact.type === 'category');
    const distinctValues = (field: string): number => values.get(`${family}\u0000${field}`)?.size ?? 0;
    return {
      document,
      words: countWords(document.text),
      category,
      texts: facts.filter((fact) => fact.type === 'text'),
      numbers: facts.filter((fact) => fact.type === 'number'),
      familySize: byFamily.get(family)?.length ?? 0,
      categories: category === undefined ? 0 : distinctValues(category.field),
      sameCategory:
        category === undefined ? 0 : (categories.get(`${family}\u0000${category.field}\u0000${category.value}`) ?? 0),
      distinctValues,
    };
  });
}
