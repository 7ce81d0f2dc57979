/**
 * @file The one maker of samples: every track of construction and every import ends here.
 */
import type { Span } from '../corpus/document.ts';
import { sha256 } from '../corpus/make-document.ts';
import type { RewardSpec } from '../rewards/index.ts';
import type { Sample } from '../samples/sample.ts';
import type { TaskId } from '../tasks/task.ts';

/**
 * A sample's id: the first 16 hexadecimal digits of the SHA-256 of its task, prompt and gold. Equal samples have equal ids, wherever they
 * were made.
 */
export const sampleId = (task: TaskId, prompt: string, gold: readonly string[]): string =>
  sha256(`${task}\u0000${prompt}\u0000${gold.join('\n')}`).slice(0, 16);

/** A problem with its key, whoever posed it. */
export interface SampleDraft {
  readonly task: TaskId;
  readonly spec: RewardSpec;
  readonly question: string;
  readonly rationale: string;
  /** The document that the question is about: cluster of the evaluation's bootstrap. */
  readonly cluster: string;
  readonly evidence: readonly { readonly document: string; readonly span: Span }[];
}

/** All that a sample is made of; `tokens` is the length of the prompt. */
export interface SampleParts {
  readonly draft: SampleDraft;
  readonly prompt: string;
  readonly tokens: number;
  readonly rendering: Sample['rendering'];
  readonly split: Sample['split'];
  /** All documents of the prompt, in its order. */
  readonly documents: readonly Sample['provenance']['documents'][number][];
  readonly generator: { readonly id: string; readonly version: number };
  /** Labels of the random stream, or the row that was imported. */
  readonly seed: string;
  /** What only some tracks know of where a sample is from. */
  readonly more?: Pick<Sample['provenance'], 'composed' | 'llm' | 'imported' | 'subtask' | 'needs' | 'probe'>;
}

/** The order of the fields is that of the file. */
export function sampleOf(parts: SampleParts): Sample {
  const { draft, prompt, tokens, rendering, split, documents, generator, seed, more } = parts;
  const { task, spec, question, rationale, cluster, evidence } = draft;
  const { metric, gold, language, candidates, floor } = spec;
  return {
    id: sampleId(task, prompt, gold),
    task,
    prompt,
    reward: {
      metric,
      gold: [...gold],
      language,
      ...(candidates === undefined ? {} : { candidates }),
      ...(floor === undefined ? {} : { floor }),
    },
    question,
    rationale,
    rendering,
    split,
    cluster,
    tokens,
    provenance: {
      documents: documents.map(({ id, sha256: hash, source, licence }) => ({ id, sha256: hash, source, licence })),
      evidence: evidence.map(({ document, span: { start, end } }) => ({ document, span: { start, end } })),
      generator: generator.id,
      generatorVersion: generator.version,
      seed,
      ...more,
    },
  };
}
