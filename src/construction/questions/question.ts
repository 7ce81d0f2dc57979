/**
 * @file The one kind of generator: a question composed as a program over the facts of real documents. A generator lives in a folder of its
 * own under `generators/`: what a document must have (`places`), the program (`draw`), the words (`wordings`), and a solver that finds
 * the gold anew in the rendered prompt and shares none of the code that found the facts.
 */
import type { Document, Span } from '../../corpus/document.ts';
import type { DocumentForm } from '../../corpus/structure/form/form.ts';
import type { Structure } from '../../corpus/structure/structure.ts';
import type { Random } from '../../random.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { GateId } from '../gates/gate.ts';
import type { QuestionLanguage } from './language.ts';
import type { ShownPrompt } from './read-prompt.ts';
import type { Wordings } from './wordings.ts';

/** A document as one prompt shows it: a run of whole sections or paragraphs, in the document's own words. */
export interface ContextDocument {
  readonly document: Document;
  /** As the prompt heads it; no other document of the prompt has the same. */
  readonly title: string;
  /** What the prompt shows of it, in characters of `document.text`. */
  readonly span: Span;
  /** The facts that stand within the span; their spans are in characters of `document.text`. */
  readonly facts: Structure;
}

/** What one question is asked about: the documents of a prompt in its order, in one language. */
export interface Context {
  readonly language: QuestionLanguage;
  readonly documents: readonly ContextDocument[];
  /** Those that were chosen because they serve the generator; the others make the length. Indexes of `documents`. */
  readonly chosen: readonly number[];
}

/** A place in a document of the prompt that proves the gold. */
export interface Proof {
  readonly document: Document;
  readonly span: Span;
}

/** A problem over a context, with its answer. */
export interface QuestionDraft {
  /** Fillings of the wording; options and lists stand in them as lines. */
  readonly slots: Readonly<Record<string, string>>;
  /** Gold answer lines (T5: one JSON object; T9: one reference a line). */
  readonly gold: readonly string[];
  /** The evidence as a reader would quote it on the way to the answer. */
  readonly rationale: string;
  /** Every fact that the program used, the one that decides first. */
  readonly proof: readonly Proof[];
  /** T9: what is left out of the prompt, because it is the reference. */
  readonly cuts?: readonly Proof[];
  /** T9: summaries that know the question and the form of the gold, and none of its values. */
  readonly templates?: readonly string[];
}

/** Why a context gives no question, in words for the report; short, without values, so that reasons can be counted. */
export type Refusal = string;

/** One kind of question. `places` and `draw` are pure functions of their arguments. */
export interface QuestionGenerator {
  /** Kebab-case; the name of its folder. */
  readonly id: string;
  /** Raised whenever the same seed would give other samples. */
  readonly version: number;
  readonly task: TaskId;
  /** The sub-task that it exercises, as the paper and its benchmark name it. */
  readonly subtask: string;
  /** What the questions ask, in one sentence for the card. */
  readonly asks: string;
  readonly languages: readonly QuestionLanguage[];
  /** `document`: one chosen document, others make the length. `documents`: two or more chosen ones. */
  readonly scope: 'document' | 'documents';
  /** How many are chosen where there is room for them, and the tokens that each should have; 2 to 8 of 600 where it is not said. */
  readonly several?: { readonly least: number; readonly most: number; readonly each: number };
  /** Kinds of documents that can serve; without it any. */
  readonly forms?: readonly DocumentForm[];
  /** Shortest prompt in tokens that the problem is worth posing in. */
  readonly least: number;
  /** Tokens of the question with its options, at most about. */
  readonly reserve: number;
  /** Turns that it takes among the generators of its task for each turn of another; 1 where it is not said. With 0 no build asks it. */
  readonly turns?: number;
  readonly wordings: Wordings;
  /** How the answer is to be written, where the task's own sentence does not say it all; begins like it, with `After [Answer]` or `请在[答案]后`. */
  readonly contract?: Readonly<Record<QuestionLanguage, string>>;
  /** Gates that cannot apply, with the reason. */
  readonly exempt?: Readonly<Partial<Record<GateId, string>>>;
  /** Places that can be asked about: an excerpt of a long document is drawn around one. Or why there are none. */
  places(document: Document, facts: Structure): readonly Span[] | Refusal;
  /** One problem over the context, or why there is none. */
  draw(context: Context, random: Random): QuestionDraft | Refusal;
  /** The gold as the prompt alone proves it; undefined where it does not. Has its own reading of the text. */
  solve(shown: ShownPrompt): readonly string[] | undefined;
  /** T9, whose gold does not follow from the prompt: what is wrong with the reference, given the prompt that lacks it. */
  verify?(shown: ShownPrompt, gold: readonly string[]): Refusal | undefined;
}
