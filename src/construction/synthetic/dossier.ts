/**
 * @file Draws a dossier: a few documents of one family, with the fields to show.
 */
import type { Document, Fact } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import type { Dossier, DossierRecord } from '../generator.ts';

/** Documents of one family that carry a record, by family name, in the order given. */
export function families(documents: readonly Document[]): Map<string, Document[]> {
  const byFamily = new Map<string, Document[]>();
  for (const document of documents) {
    if (document.record === undefined) continue;
    const list = byFamily.get(document.record.family) ?? [];
    list.push(document);
    byFamily.set(document.record.family, list);
  }
  return byFamily;
}

const factOf = (document: Document, field: string): Fact | undefined =>
  document.record?.facts.find((fact) => fact.field === field);

/** Field labels of one type that occur in the documents, sorted, so that the draw does not depend on their order. */
function fieldsOfType(documents: readonly Document[], type: Fact['type']): string[] {
  const names = new Set<string>();
  for (const document of documents) {
    for (const fact of document.record?.facts ?? []) if (fact.type === type) names.add(fact.field);
  }
  return [...names].sort();
}

/**
 * A dossier of `size` records of one family. One numeric field and one further field (text where the family has one)
 * are shown beside the category. Numbers in a dossier are distinct, so rankings have no ties.
 *
 * @returns undefined when the family cannot fill the dossier.
 */
export function drawDossier(documents: readonly Document[], size: number, rng: Random): Dossier | undefined {
  const categoryField = fieldsOfType(documents, 'category')[0];
  const numbers = fieldsOfType(documents, 'number');
  if (categoryField === undefined || numbers.length === 0) return undefined;
  const numberField = rng.pick(numbers);
  const others = [...fieldsOfType(documents, 'text'), ...numbers].filter((field) => field !== numberField);
  const fields = others.length === 0 ? [numberField] : rng.shuffle([numberField, rng.pick(others)]);

  const records: DossierRecord[] = [];
  const used = new Map<string, Set<string>>();
  for (const document of rng.shuffle(documents)) {
    const category = factOf(document, categoryField);
    const facts = fields.map((field) => factOf(document, field)).filter((fact) => fact !== undefined);
    if (category === undefined || facts.length !== fields.length || document.record === undefined) continue;
    if (facts.some((fact) => used.get(fact.field)?.has(fact.value))) continue;
    for (const fact of facts) {
      const values = used.get(fact.field) ?? new Set();
      used.set(fact.field, values.add(fact.value));
    }
    records.push({ document, key: document.record.key, category, facts });
    if (records.length === size) break;
  }
  if (records.length < size) return undefined;
  return { family: records[0]?.document.record?.family ?? '', categoryField, fields, records };
}

/** The record as one line, the form of the short rendering: `Chad (Africa): capital N'Djamena; highest point 3415`. */
export function recordLine(record: DossierRecord): string {
  return `${record.key} (${record.category.value}): ${record.facts.map((f) => `${f.field} ${f.value}`).join('; ')}`;
}

/** The fact of a field that the dossier shows. @throws Error when it does not (a generator's bug). */
export function shownFact(record: DossierRecord, field: string): Fact {
  const fact = record.facts.find((candidate) => candidate.field === field);
  if (fact === undefined) throw new Error(`dossier record ${record.key} has no field ${field}`);
  return fact;
}

/** A field of the dossier whose facts are all numbers. */
export function numericField(dossier: Dossier, rng: Random): string {
  return rng.pick(
    dossier.fields.filter((field) => dossier.records.every((r) => shownFact(r, field).type === 'number')),
  );
}

/** Draws tried before a dossier counts as one without numbers that lie apart. */
const apartTries = 40;

/**
 * Records to name in a question that compares their numbers: each number is at least twice the one before, so that comparing them is no
 * harder than finding them.
 */
export function drawApart(dossier: Dossier, field: string, count: number, rng: Random): DossierRecord[] | undefined {
  for (let tries = 0; tries < apartTries; tries++) {
    const listed = rng.sample(dossier.records, count);
    const numbers = listed.map((record) => Number(shownFact(record, field).value)).sort((a, b) => a - b);
    if (listed.length === count && numbers.every((number, i) => i === 0 || number >= 2 * (numbers[i - 1] ?? 0)))
      return listed;
  }
  return undefined;
}

/** Evidence entries of a record's facts. */
export function evidenceOf(record: DossierRecord, ...facts: readonly Fact[]) {
  return facts.map((fact) => ({ document: record.document.id, span: fact.span }));
}

/** Records by category value, in dossier order. */
function byCategory(dossier: Dossier): Map<string, DossierRecord[]> {
  const groups = new Map<string, DossierRecord[]>();
  for (const record of dossier.records) {
    const list = groups.get(record.category.value) ?? [];
    list.push(record);
    groups.set(record.category.value, list);
  }
  return groups;
}

/**
 * A category that between `least` and a half (exclusive) of the records share, so that listing everything cannot pay. Where other
 * questions name a few records, it has twice as many at most.
 */
export function drawMinorityCategory(dossier: Dossier, least: number, rng: Random): DossierRecord[] | undefined {
  const groups = [...byCategory(dossier).values()].filter(
    (group) =>
      group.length >= least &&
      2 * group.length < dossier.records.length &&
      group.length <= 2 * (dossier.named ?? group.length),
  );
  return groups.length === 0 ? undefined : rng.pick(groups);
}
