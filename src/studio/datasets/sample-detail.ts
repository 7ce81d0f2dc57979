/** @file One sample with all that is known of it: its documents and its proof in the prompt, what judges and the writer said. */
import { sha256 } from '../../corpus/make-document.ts';
import type { Review } from '../../samples/reviews.ts';
import type { Sample } from '../../samples/sample.ts';
import type { SampleDetail } from '../shared/dataset-api.ts';
import { findProof, type ProofSpan } from '../shared/reading/find-proof.ts';
import { documentParts } from '../shared/reading/prompt-documents.ts';
import type { DraftReplies, DraftStore } from './draft-store.ts';

/** Documents and proof in the characters of the prompt. */
export function placeProof({ prompt, question, rationale, reward, provenance }: Sample) {
  const { documents, evidence } = provenance;
  const parts = documentParts(prompt, documents.length, question);
  const numberOf = new Map(documents.map(({ id }, i) => [id, i]));
  const spans = evidence.flatMap(({ document, span }): ProofSpan[] => {
    const number = numberOf.get(document);
    return number === undefined ? [] : [{ document: number, ...span }];
  });
  const whole = (i: number): boolean => {
    const part = parts[i];
    return part !== undefined && sha256(prompt.slice(part.body, part.end)) === documents[i]?.sha256;
  };
  const placed = findProof(prompt, [rationale, question, ...reward.gold].join('\n'), parts, spans, whole);
  return {
    documents: parts.map(({ title, start, end }, i) => {
      const { id = '', source = '', licence = '' } = documents[i] ?? {};
      const proof = placed.filter(({ document }) => document === i).length;
      return { id, title, source, licence, start, end, proof };
    }),
    proof: placed.map(({ document, start, end }) => ({ document: documents[document]?.id ?? '', start, end })),
    placed: placed.length,
  };
}

/** @param found As the index reads it. */
export async function sampleDetail(
  { sample, row, review }: { readonly sample: Sample; readonly row: number; readonly review: Review | undefined },
  drafts: DraftStore,
  replies: DraftReplies,
): Promise<SampleDetail> {
  return { sample, row, review, ...placeProof(sample), ...(await drafts.of(sample, replies)) };
}
