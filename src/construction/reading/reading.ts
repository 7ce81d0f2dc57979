/**
 * @file A reading: the context of one prompt as numbered units of real text (data-construction notes, section 1.6). Where a
 * dossier reduces documents to one line each, a reading keeps their prose, so that any document can serve and any length be
 * met. Units carry identifiers (`P12`, in a dialogue `T12`) that a question can ask for and a verifier can compare.
 */
import type { Document, Span } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { GateId } from '../gates/gate.ts';
import type { Phrase, ReadingLanguage } from './phrase.ts';

/** One numbered part of a prompt: a run of whole sentences, a turn, or what a generator adds. */
export interface Unit {
  /** `P1`, `P2`, ... in the order of the prompt; `T1`, ... for turns of a dialogue. */
  readonly id: string;
  /** As the prompt shows it. Starts out as the document's wording at `span`; a generator may add to it or alter it. */
  readonly text: string;
  readonly document: Document;
  readonly span: Span;
  readonly speaker?: string;
}

/** What a question over prose is asked about: the units of one prompt, in one language. */
export interface Reading {
  readonly language: ReadingLanguage;
  readonly kind: 'passages' | 'dialogue';
  /** Whether each document's title stands above its units. */
  readonly titled: boolean;
  /** Speakers who were drawn for passages that nobody spoke; false for a conversation that is one. */
  readonly composed: boolean;
  readonly units: readonly Unit[];
  /** The documents of the split: tables are drawn from their records. */
  readonly pool: readonly Document[];
}

/** A problem over a reading, with its answer. */
export interface ReadingDraft {
  /** The reading as the prompt shows it, with whatever the generator put into it. */
  readonly reading: Reading;
  readonly question: string;
  readonly gold: readonly string[];
  readonly rationale: string;
  /** Units that prove the gold, the first one first. */
  readonly evidence: readonly Unit[];
  /** Wording in the prompt that is the generator's and no document's. */
  readonly composed?: boolean;
}

/** Poses one kind of problem over readings. A pure function of the reading and the random stream. */
export interface ReadingGenerator {
  readonly id: string;
  /** Raised whenever the same seed would give other samples. */
  readonly version: number;
  readonly task: TaskId;
  readonly kind: Reading['kind'];
  /** Prompt lengths in tokens between which the problem is worth posing. */
  readonly least: number;
  readonly most: number;
  /** Tokens that the generator adds to the reading, question included. */
  readonly reserve: number;
  /** The question in each language; the second derivation reads the question back with it. */
  readonly wording: Phrase;
  /** Gates that cannot apply to this generator, with the reason. */
  readonly exempt: Readonly<Partial<Record<GateId, string>>>;
  /** Why Chinese documents give it little or nothing; absent where they serve as well as English ones. */
  readonly rarelyChinese?: string;
  /** Undefined when this reading cannot pose the problem. */
  propose(reading: Reading, rng: Random): ReadingDraft | undefined;
}
