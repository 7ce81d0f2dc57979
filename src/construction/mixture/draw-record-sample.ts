/**
 * @file A sample of a record generator (`synthetic/generators`) as a part of a mixture: short dossiers for short prompts, whole
 * documents from 8K to 128K tokens. Other lengths have none.
 */
import type { Document } from '../../corpus/document.ts';
import type { Sample } from '../../samples/sample.ts';
import { type DrawContext, type Drawn, drawSample } from '../draw-sample.ts';
import type { Generator } from '../generator.ts';
import { drawLayout } from '../long-layout.ts';
import { lengthBins } from '../plan.ts';
import { withinLength } from '../reading/reading-gates.ts';
import { drawDossier } from '../synthetic/dossier.ts';
import { overviewSummary } from '../synthetic/generators/overview-summary.ts';
import type { MixturePlace } from './mixture.ts';

/** A line of a short dossier comes to about this many tokens, the question and the format to the rest. */
const line = 14;
const tail = 45;

/** True when the generator can be rendered at this length: the overview is cut out of full texts only. */
export const servesLength = (generator: Generator, tokens: number): boolean =>
  (tokens <= 512 && generator !== overviewSummary) || lengthBins.some((bin) => bin * 1024 === tokens);

/** One place of a mixture, to be filled by one generator over dossiers. */
export interface RecordPlace {
  readonly place: MixturePlace;
  readonly generator: Generator;
  /** Documents of the split, and those of each family that can serve the task. */
  readonly documents: readonly Document[];
  readonly families: readonly (readonly Document[])[];
  readonly labels: readonly (string | number)[];
}

/** A sample within 20 % of the place's length, or undefined and a line in the log. */
export function drawRecordSample(context: DrawContext, options: RecordPlace): Sample | undefined {
  const { place, generator, documents, families, labels } = options;
  const { task, split, tokens, tenth } = place;
  const bin = tokens < 8192 ? undefined : lengthBins.find((candidate) => candidate * 1024 === tokens);
  const rendering = bin === undefined ? ('short' as const) : ('long' as const);
  const draw = (rng: Parameters<Parameters<typeof drawSample>[1]['draw']>[0]): Drawn | undefined => {
    const pool = families.filter((family) => generator !== overviewSummary || family[0]?.kind === 'reference');
    if (pool.length === 0) return undefined;
    const family = rng.pick(pool);
    if (bin !== undefined) return drawLayout({ documents, family, bin, tokensOf: context.tokensOf, rng });
    const dossier = drawDossier(family, Math.max(4, Math.round((tokens - tail) / line) + rng.integer(-1, 3)), rng);
    return dossier === undefined ? undefined : { dossier };
  };
  const cell = { rendering, split, task, ...(bin === undefined ? {} : { bin }) };
  const sample = drawSample(context, { cell, generators: [generator], draw, tenth }, labels);
  if (sample === undefined || withinLength(sample.tokens, tokens)) return sample;
  context.seen.delete(sample.id);
  context.log.add(generator.id, 'g7', `${sample.tokens} tokens are not within 20 % of ${tokens}`);
  return undefined;
}
