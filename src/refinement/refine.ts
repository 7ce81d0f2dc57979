/**
 * @file P4, first part: exact duplicates out, then training samples that share wording or documents with held-out ones.
 */

import type { Document } from '../corpus/document.ts';
import { percent } from '../format.ts';
import type { Sample } from '../samples/sample.ts';
import { type DecontaminationOptions, type DecontaminationReport, decontaminate } from './decontamination/heldout.ts';
import { deduplicate } from './deduplicate.ts';

/** What refinement took out, in samples. */
export interface RefinementReport {
  readonly samplesIn: number;
  readonly samplesOut: number;
  /** Samples equal to another one. */
  readonly duplicates: number;
  readonly decontamination: DecontaminationReport;
}

/** The samples that stay, in the order given. */
export interface Refined {
  readonly samples: Sample[];
  readonly report: RefinementReport;
}

/**
 * Removes duplicates, and samples for training that share text with held-out ones.
 *
 * @param documents The corpus that the samples were built from.
 */
export function refineDataset(
  samples: readonly Sample[],
  documents: readonly Document[],
  options: DecontaminationOptions = {},
): Refined {
  const unique = deduplicate(samples);
  const decontamination = decontaminate(unique.samples, documents, options);
  const removed = new Set(decontamination.removed);
  const kept = unique.samples.filter((sample) => sample.split === 'heldout' || !removed.has(sample.id));
  const report = {
    samplesIn: samples.length,
    samplesOut: kept.length,
    duplicates: unique.removed.length,
    decontamination,
  };
  return { samples: kept, report };
}

/** The report as lines for a terminal or a log. */
export function refinementLines(report: RefinementReport): string[] {
  const { n, train, heldout, hits, sharedDocuments, overlappingDocuments, removed, examples } = report.decontamination;
  const lines = [
    `exact duplicates: ${report.duplicates} of ${report.samplesIn} samples removed`,
    `${n}-gram check of ${train} training samples against ${heldout} held-out ones: ${removed.length} removed`,
    `  hits: question ${hits.question}, answer ${hits.answer}, context ${hits.context}`,
    `  documents in both splits: ${sharedDocuments.length}; training documents mostly found in held-out ones: ${overlappingDocuments.length}`,
  ];
  for (const { document, ratio } of overlappingDocuments)
    lines.push(`    ${document}: ${percent(ratio, 1)} of its ${n}-grams`);
  for (const hit of examples.slice(0, 3)) lines.push(`  e.g. ${hit.sample} ${hit.field}: ${hit.evidence}`);
  return lines;
}
