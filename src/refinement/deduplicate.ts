/**
 * @file P4: exact duplicates, by documents and by samples.
 */
import type { Sample } from '../samples/sample.ts';
import { comparedWords } from './decontamination/words.ts';

/** Samples without repetitions, in the order given. */
export interface Deduplicated {
  readonly samples: Sample[];
  /** Ids of samples that repeat an earlier one's prompt and gold, after normalisation. */
  readonly removed: string[];
}

/** The first of several equal samples stays; a held-out sample wins over a training one, so that it is not trained on. */
export function deduplicate(samples: readonly Sample[]): Deduplicated {
  const key = (sample: Sample): string => comparedWords(`${sample.prompt}\n${sample.reward.gold.join('\n')}`).join(' ');
  // Long prompts are compared by their documents and question: their text is a function of the two.
  const longKey = ({ question, reward, provenance }: Sample): string =>
    [question, ...reward.gold, ...provenance.documents.map((document) => document.sha256)].join('\n');
  const first = new Map<string, Sample>();
  for (const sample of samples) {
    const own = sample.rendering === 'long' ? longKey(sample) : key(sample);
    const other = first.get(own);
    if (other === undefined || (other.split === 'train' && sample.split === 'heldout')) first.set(own, sample);
  }
  const stays = new Set(first.values());
  return {
    samples: samples.filter((sample) => stays.has(sample)),
    removed: samples.filter((sample) => !stays.has(sample)).map((sample) => sample.id),
  };
}
