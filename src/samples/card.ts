/**
 * @file The dataset card: what is in a dataset, where it comes from, under which licences, and what was turned away.
 */
import { type TaskId, taskIds, tasks } from '../tasks/task.ts';
import type { Sample } from './sample.ts';

/** What a card says beside what is counted over the samples. */
export interface CardOptions {
  readonly seed: number;
  /** How prompt lengths were counted: a tokenizer's name. */
  readonly tokenizer: string;
  /** Version of this package. */
  readonly version: string;
  /** Where the samples come from and what is guaranteed, instead of the words about programmatic construction. */
  readonly about?: string | undefined;
  /** Further sections: title and lines (the gates' and the refinement's reports). */
  readonly sections?: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Nominal lengths; a sample counts for the one that it is within 20 % of, a shorter one for the first that holds it. */
const nominal = { short: [128, 256, 512, 1024, 2048, 4096], long: [8192, 16384, 32768, 65536, 131072, 262144] };

function lengthLabel(tokens: number): string {
  const bin = nominal.long.find((length) => Math.abs(tokens - length) <= 0.2 * length);
  if (bin !== undefined) return `${bin / 1024}K (within 20 %)`;
  const limit = nominal.short.find((length) => tokens <= length);
  return limit === undefined ? 'other' : `up to ${limit}`;
}

const bump = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const cellKey = ({ task, split, rendering }: Pick<Sample, 'task' | 'split' | 'rendering'>): string =>
  `${task} ${split} ${rendering}`;

const constructed = (samples: number, { version, seed }: CardOptions): string =>
  `${samples} samples, built without a language model from the documents listed below by golongrl ${version}, seed ${seed}.
Every gold answer was derived a second time, from the prompt alone, by an independent routine; every sample carries its
documents' hashes, the spans of its evidence, its generator's version and its random labels. Train and held-out share no document.`;

/** Counts samples as they pass, and writes the card of them. Holds the names of their documents, and no prompt. */
export class CardCounter {
  private samples = 0;
  private readonly cells = new Map<string, number>();
  private readonly lengths = new Map<string, { least: number; samples: number }>();
  private readonly sources = new Map<string, { licence: string; documents: Set<string> }>();
  private readonly generators = new Map<string, number>();
  private readonly languages = new Set<string>();
  private readonly splits = new Set<Sample['split']>();

  add(sample: Sample): void {
    const { task, split, tokens, provenance } = sample;
    this.samples++;
    this.splits.add(split);
    this.languages.add(sample.reward.language);
    bump(this.cells, cellKey(sample));
    const label = lengthLabel(tokens);
    const length = this.lengths.get(label) ?? { least: tokens, samples: 0 };
    this.lengths.set(label, { least: Math.min(length.least, tokens), samples: length.samples + 1 });
    bump(this.generators, `${task}\u0000${provenance.generator}\u0000${provenance.generatorVersion}`);
    for (const { id, source, licence } of provenance.documents) {
      const entry = this.sources.get(source) ?? { licence, documents: new Set<string>() };
      entry.documents.add(id);
      this.sources.set(source, entry);
    }
  }

  private taskRows(): (string | number)[][] {
    const count = (task: TaskId, split: Sample['split'], rendering: Sample['rendering']): number =>
      this.cells.get(cellKey({ task, split, rendering })) ?? 0;
    return taskIds.map((task) => [
      task,
      tasks[task].ability,
      tasks[task].metric,
      count(task, 'train', 'short'),
      count(task, 'heldout', 'short'),
      count(task, 'train', 'long'),
      count(task, 'heldout', 'long'),
    ]);
  }

  private lengthRows(): (string | number)[][] {
    return [...this.lengths].sort(([, a], [, b]) => a.least - b.least).map(([label, { samples }]) => [label, samples]);
  }

  private sourceRows(): (string | number)[][] {
    return [...this.sources]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, { licence, documents }]) => [source, licence, documents.size]);
  }

  private generatorRows(): (string | number)[][] {
    return [...this.generators]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => [...key.split('\u0000'), count]);
  }

  /** Splits that have samples: a loader fails on one that has none. */
  private splitLines(): string {
    return (['train', 'heldout'] as const)
      .filter((split) => this.splits.has(split))
      .map((split) => `      - split: ${split}\n        path: data/${split}.parquet`)
      .join('\n');
  }

  /** The card as Markdown with the front matter of dataset hubs. */
  card(options: CardOptions): string {
    const sections = (options.sections ?? []).map(
      ({ title, lines }) => `## ${title}\n\n${lines.map((line) => `    ${line}`).join('\n')}\n`,
    );
    return `---
license: other
language: [${[...this.languages].sort().join(', ') || 'en'}]
task_categories: [question-answering, summarization]
tags: [long-context, reinforcement-learning, verifiable-rewards, golongrl]
configs:
  - config_name: default
    data_files:
${this.splitLines()}
---

# Nine long-context tasks with verifiable rewards

${options.about ?? constructed(this.samples, options)}

## Tasks

${table(['task', 'ability', 'reward', 'short train', 'short held-out', 'long train', 'long held-out'], this.taskRows())}

## Lengths

Prompt tokens, counted as: ${options.tokenizer}.

${table(['tokens', 'samples'], this.lengthRows())}

## Sources

${table(['source', 'licence', 'documents'], this.sourceRows())}

## Generators

${table(['task', 'generator', 'version', 'samples'], this.generatorRows())}

## Files

\`native/*.jsonl\` hold the samples with everything golongrl knows of them. \`data/*.jsonl\` and \`data/*.parquet\` hold the same
samples in the record layout \`data_source, prompt, ability, reward_model, extra_info\` (T1 and T5 ask there for the answer
format that this layout's rewards read; its reward of T9 reads the thinking too, so that a perfect summary earns a little less
than 1). \`manifest.json\` was written last: with it the dataset is complete.

${sections.join('\n')}`;
  }
}

/** The card of samples that are in memory. */
export function datasetCard(samples: Iterable<Sample>, options: CardOptions): string {
  const counter = new CardCounter();
  for (const sample of samples) counter.add(sample);
  return counter.card(options);
}
