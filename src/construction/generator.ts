/**
 * @file What a programmatic generator (P3, synthetic track) takes and gives.
 * A generator poses one problem over a *dossier*: a few documents of one family. The problem does not depend on how the
 * dossier is rendered: short (one line a record, for the micro policy) or long (the documents' full texts, for real models).
 */
import type { Document, Fact, Span } from '../corpus/document.ts';
import type { Random } from '../random.ts';
import type { TaskId } from '../tasks/task.ts';

/** How a dossier becomes a prompt: one line a record, or the documents' full texts. */
export const renderings = ['short', 'long'] as const;

/** Kind of a prompt; see `renderings`. */
export type Rendering = (typeof renderings)[number];

/** One document of a dossier, reduced to the fields that the dossier shows. */
export interface DossierRecord {
  readonly document: Document;
  readonly key: string;
  readonly category: Fact;
  /** The chosen non-category facts, in the dossier's field order. */
  readonly facts: readonly Fact[];
}

/** A few records of one family: the world that one problem is posed over. */
export interface Dossier {
  /** e.g. `countries`. */
  readonly family: string;
  /** Label of the category field, e.g. `region`. */
  readonly categoryField: string;
  /** Labels of the other fields, in order; at least one is numeric. */
  readonly fields: readonly string[];
  /** In the order in which they are rendered. */
  readonly records: readonly DossierRecord[];
  /** How many records a question of T4, T5, T7 and T8 names instead of asking over all of them or over a category; absent: none. */
  readonly named?: number | undefined;
}

/** A problem with its answer, before rendering. */
export interface Draft {
  readonly task: TaskId;
  readonly question: string;
  /** Gold answer lines (IoU: one JSON object; Summary: one reference). */
  readonly gold: readonly string[];
  /** The design rationale: what a reader quotes on the way to the answer. Used for supervised starts, never in a prompt. */
  readonly rationale: string;
  /** The document that the question is about: cluster of the evaluation's bootstrap. */
  readonly primaryDocument: string;
  readonly evidence: readonly { readonly document: string; readonly span: Span }[];
  /** T7 over named records: how many are named. */
  readonly candidates?: number;
  /** T9: summaries that know the question and the form of the gold, and none of its values. */
  readonly templates?: readonly string[];
  /** Long rendering: lines that are left out of the documents, because they are the reference that the question asks for. */
  readonly cuts?: readonly { readonly document: string; readonly span: Span }[];
}

/** Poses one kind of problem over dossiers. A pure function of the dossier and the random stream. */
export interface Generator {
  /** Kebab-case name, e.g. `attribute-lookup`. */
  readonly id: string;
  /** Raised whenever the same seed would give other samples. */
  readonly version: number;
  readonly task: TaskId;
  /** One problem, or undefined when this dossier cannot pose one (the caller draws another). */
  propose(dossier: Dossier, rng: Random): Draft | undefined;
}
