/**
 * @file P4: n-gram decontamination of the training samples against the held-out ones. Convention: word 13-grams; question,
 * answer and context are checked each for itself; one shared gram is a hit.
 *
 * - Contexts of long samples are checked by document: shared ids or hashes, and the share of a training document's grams
 *   that occur in held-out documents (documents legitimately share a quotation, so a ratio decides, not one gram).
 * - Contexts of short samples are checked gram by gram.
 * - Boilerplate: a gram is a generator's template, and ignored, when each of its words occurs in more than 5 % (and more than 3) of that
 *   generator's samples (in the same field) or belongs to a field label or a category; a name or a number makes it specific.
 *   In documents, a gram that occurs in more than 10 of them is boilerplate.
 * - Strings of fewer than 13 words have no gram: they hit when question and answer are both equal and a document is shared.
 */
import type { Document } from '../../corpus/document.ts';
import type { Sample } from '../../samples/sample.ts';
import { comparedWords, GramHasher } from './words.ts';

/** Limits of the check of training samples against held-out ones; shares are in [0, 1]. */
export interface DecontaminationOptions {
  /** Default 13. */
  readonly n?: number;
  /** Share of a training document's grams in held-out documents from which it counts as the same document. Default 0.5. */
  readonly documentRatio?: number;
  /** Share of a generator's samples above which a word belongs to its template. Default 0.05. */
  readonly templateShare?: number;
}

/** Parts of a sample that are compared each for itself. */
export const fields = ['question', 'answer', 'context'] as const;

/** A part of a sample; see `fields`. */
export type Field = (typeof fields)[number];

/** What a training sample shares with the held-out ones. */
export interface Hit {
  readonly sample: string;
  readonly field: Field;
  /** The shared words, or the shared document. */
  readonly evidence: string;
}

/** What the check found; samples of both splits are counted in `train` and `heldout`. */
export interface DecontaminationReport {
  readonly n: number;
  readonly train: number;
  readonly heldout: number;
  readonly hits: Readonly<Record<Field, number>>;
  /** Up to ten of them. */
  readonly examples: readonly Hit[];
  /** Documents that stand in both splits. */
  readonly sharedDocuments: readonly string[];
  /** Training documents whose wording is mostly found in held-out documents. */
  readonly overlappingDocuments: readonly { readonly document: string; readonly ratio: number }[];
  /** Ids of the training samples to remove. */
  readonly removed: readonly string[];
}

/** In small sets a word must occur in more samples than this (or a third of them) to belong to a template. */
const templateFloor = 3;

/** More documents than this must share a gram before it is boilerplate. */
const boilerplateFloor = 10;

/** What stands before the question. */
const contextOf = ({ prompt, question }: Sample): string => prompt.slice(0, Math.max(0, prompt.lastIndexOf(question)));

const pieces = (sample: Sample): readonly (readonly [Field, string])[] => [
  ['question', sample.question],
  ['answer', sample.reward.gold.join('\n')],
  ...(sample.rendering === 'short' ? ([['context', contextOf(sample)]] as const) : []),
];

/** Words of templates, by generator and field. */
type Vocabulary = ReadonlyMap<string, ReadonlySet<string>>;

const vocabularyKey = (sample: Sample, field: Field): string => `${sample.provenance.generator} ${field}`;

/** Labels and categories are closed lists: every sample of a family draws on the same ones. */
function closedWords(documents: readonly Document[]): string[] {
  const labels = new Set<string>();
  for (const document of documents) {
    if (document.record === undefined) continue;
    labels.add(document.record.family);
    for (const fact of document.record.facts)
      labels.add(fact.type === 'category' ? `${fact.field} ${fact.value}` : fact.field);
  }
  return [...labels].flatMap(comparedWords);
}

function templateWords(samples: readonly Sample[], documents: readonly Document[], share: number): Vocabulary {
  const groups = new Map<string, { samples: number; words: Map<string, number> }>();
  for (const sample of samples) {
    for (const [field, text] of pieces(sample)) {
      const key = vocabularyKey(sample, field);
      const group = groups.get(key) ?? { samples: 0, words: new Map<string, number>() };
      group.samples++;
      for (const word of new Set(comparedWords(text))) group.words.set(word, (group.words.get(word) ?? 0) + 1);
      groups.set(key, group);
    }
  }
  const closed = closedWords(documents);
  const frequent = (group: { samples: number; words: Map<string, number> }): string[] =>
    [...group.words]
      .filter(([, count]) => count > Math.max(Math.min(templateFloor, group.samples / 3), share * group.samples))
      .map(([word]) => word);
  return new Map([...groups].map(([key, group]) => [key, new Set([...closed, ...frequent(group)])]));
}

interface Gram {
  readonly hash: number;
  /** The words themselves, for reports. */
  readonly words: () => string;
}

/** The grams of one field of a sample that are not template. */
function specificGrams(sample: Sample, field: Field, text: string, hasher: GramHasher, vocabulary: Vocabulary): Gram[] {
  const words = comparedWords(text);
  const template = vocabulary.get(vocabularyKey(sample, field));
  const grams: Gram[] = [];
  let lastSpecific = -1;
  const { n } = hasher;
  for (const [i, hash] of hasher.hashes(words).entries()) {
    for (let j = Math.max(i, lastSpecific + 1); j < i + n; j++)
      if (template?.has(words[j] ?? '') !== true) lastSpecific = j;
    if (lastSpecific >= i) grams.push({ hash, words: () => words.slice(i, i + n).join(' ') });
  }
  return grams;
}

interface DocumentOverlap {
  readonly shared: string[];
  readonly overlapping: { document: string; ratio: number }[];
}

/** Compares the documents of long training samples with those of all held-out long samples. */
function documentOverlap(
  samples: readonly Sample[],
  documents: readonly Document[],
  hasher: GramHasher,
  ratio: number,
): DocumentOverlap {
  const used = { train: new Map<string, string>(), heldout: new Map<string, string>() };
  for (const sample of samples)
    for (const { id, sha256 } of sample.provenance.documents) used[sample.split].set(id, sha256);
  const heldoutHashes = new Set(used.heldout.values());
  const shared = [...used.train]
    .filter(([id, hash]) => used.heldout.has(id) || heldoutHashes.has(hash))
    .map(([id]) => id);
  const longIds = new Set(
    samples.filter((s) => s.rendering === 'long').flatMap((s) => s.provenance.documents.map((d) => d.id)),
  );
  const grams = documents
    .filter((document) => longIds.has(document.id))
    .map((document) => ({ document, grams: new Set(hasher.hashes(comparedWords(document.text))) }));
  const counts = new Map<number, number>();
  for (const entry of grams) {
    if (!used.heldout.has(entry.document.id)) continue;
    for (const gram of entry.grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  const overlapping: { document: string; ratio: number }[] = [];
  for (const { document, grams: own } of grams) {
    if (!used.train.has(document.id) || own.size === 0) continue;
    let found = 0;
    let counted = 0;
    for (const gram of own) {
      const holders = counts.get(gram) ?? 0;
      if (holders > boilerplateFloor) continue;
      counted++;
      if (holders > 0) found++;
    }
    const share = counted === 0 ? 0 : found / counted;
    if (share >= ratio) overlapping.push({ document: document.id, ratio: Math.round(share * 1000) / 1000 });
  }
  return { shared, overlapping };
}

/** A question of a few words, its answer and its documents: what must coincide for a short string to count as a leak. */
const exactKeys = (sample: Sample): string[] => {
  const own = `${comparedWords(sample.question).join(' ')}\u0000${comparedWords(sample.reward.gold.join(' ')).join(' ')}`;
  return sample.provenance.documents.map((document) => `${own}\u0000${document.sha256}`);
};

/**
 * Finds training samples that share wording or documents with held-out ones.
 *
 * @param documents The corpus, for the texts of long contexts.
 */
export function decontaminate(
  samples: readonly Sample[],
  documents: readonly Document[],
  options: DecontaminationOptions = {},
): DecontaminationReport {
  const { n = 13, documentRatio = 0.5, templateShare = 0.05 } = options;
  const hasher = new GramHasher(n);
  const vocabulary = templateWords(samples, documents, templateShare);
  const heldout = samples.filter((sample) => sample.split === 'heldout');
  const train = samples.filter((sample) => sample.split === 'train');
  const known = new Set<number>();
  const exact = new Set<string>();
  for (const sample of heldout) {
    for (const [field, text] of pieces(sample)) {
      for (const gram of specificGrams(sample, field, text, hasher, vocabulary)) known.add(gram.hash);
    }
    for (const key of exactKeys(sample)) exact.add(key);
  }
  const { shared, overlapping } = documentOverlap(samples, documents, hasher, documentRatio);
  const leaking = new Set([...shared, ...overlapping.map((entry) => entry.document)]);
  const hits: Hit[] = [];
  for (const sample of train) hits.push(...sampleHits(sample, { hasher, vocabulary, known, exact, leaking }));
  return {
    n,
    train: train.length,
    heldout: heldout.length,
    hits: {
      question: hits.filter((hit) => hit.field === 'question').length,
      answer: hits.filter((hit) => hit.field === 'answer').length,
      context: hits.filter((hit) => hit.field === 'context').length,
    },
    examples: hits.slice(0, 10),
    sharedDocuments: shared,
    overlappingDocuments: overlapping,
    removed: [...new Set(hits.map((hit) => hit.sample))],
  };
}

interface Index {
  readonly hasher: GramHasher;
  readonly vocabulary: Vocabulary;
  readonly known: ReadonlySet<number>;
  readonly exact: ReadonlySet<string>;
  readonly leaking: ReadonlySet<string>;
}

/** At most one hit for each field of a sample. */
function sampleHits(sample: Sample, { hasher, vocabulary, known, exact, leaking }: Index): Hit[] {
  const hits: Hit[] = [];
  for (const [field, text] of pieces(sample)) {
    const gram = specificGrams(sample, field, text, hasher, vocabulary).find((candidate) => known.has(candidate.hash));
    if (gram !== undefined) hits.push({ sample: sample.id, field, evidence: gram.words() });
  }
  if (hits.length === 0 && exactKeys(sample).some((key) => exact.has(key))) {
    hits.push({ sample: sample.id, field: 'question', evidence: sample.question });
  }
  const document = sample.provenance.documents.find((entry) => leaking.has(entry.id));
  // A short prompt shows a record's facts, which two near-equal documents need not share; a long one shows their wording.
  if (document !== undefined && sample.rendering === 'long') {
    hits.push({ sample: sample.id, field: 'context', evidence: `document ${document.id}` });
  }
  return hits;
}
