/**
 * @file From selected documents to a mixture on disk (`data build --preset`): construction by every generator, files. Train and
 * held-out samples share no document by construction, and prompts of up to 256K tokens quote many documents in full, so that
 * the n-gram check of refinement is left to `data decontaminate`.
 */

import { gateIds, gateRules } from '../construction/gates.ts';
import { estimateName } from '../construction/length.ts';
import { buildMixture } from '../construction/mixture/build-mixture.ts';
import type { MixtureName } from '../construction/mixture/mixture.ts';
import { MixtureTally } from '../construction/mixture/mixture-report.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectionLines } from '../corpus/select.ts';
import type { Sample } from '../samples/sample.ts';
import { writeDataset } from '../samples/write-dataset.ts';
import { type StageContext, stage } from './events.ts';

export interface MakeMixtureOptions {
  readonly directory: string;
  readonly selection: Selection;
  readonly seed: number;
  readonly preset: MixtureName;
  readonly samples: number;
  readonly context: StageContext;
}

export interface MadeMixture {
  readonly samples: readonly Sample[];
  readonly lines: readonly string[];
}

/** @throws InputError when no document can serve, ResourceError when the disk is full. */
export async function makeMixture(options: MakeMixtureOptions): Promise<MadeMixture> {
  const { directory, selection, seed, preset, samples: planned, context } = options;
  return await stage('dataset', context, async (progress) => {
    const tally = new MixtureTally();
    const samples: Sample[] = [];
    for (const sample of buildMixture({ documents: selection.kept, seed, preset, samples: planned }, tally)) {
      samples.push(sample);
      if (samples.length % 50 === 0) progress(samples.length, planned);
    }
    const lines = [...tally.lines(), 'rejections:', ...tally.rejectionLines()];
    await writeDataset(directory, samples, {
      seed,
      tokenizer: estimateName,
      ifExists: 'overwrite',
      sections: [
        { title: 'Corpus', lines: selectionLines(selection) },
        { title: 'Gates', lines: gateIds.map((gate) => `${gate}: ${gateRules[gate]}`) },
        { title: `Construction (${preset})`, lines },
      ],
      report: { corpus: { refused: selection.refused }, preset, lines },
    });
    return { value: { samples, lines }, summary: `${samples.length} of ${planned} samples, ${preset}` };
  });
}
