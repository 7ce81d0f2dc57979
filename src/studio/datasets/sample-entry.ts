/** @file A sample as the list keeps it: everything but its prompt. */
import type { Sample } from '../../samples/sample.ts';
import type { SampleEntry } from '../shared/dataset-api.ts';

/** Characters of questions and gold in a list. */
const shownText = 300;

const distinct = (words: readonly string[]): string[] => [...new Set(words)];

/** @param row Number in the dataset, from 0. */
export function entryOf({ id, task, split, tokens, question, reward, provenance }: Sample, row: number): SampleEntry {
  const { documents, generator, subtask = '', needs, probe = false, llm, imported, calibration } = provenance;
  return {
    row,
    id,
    task,
    generator,
    subtask,
    split,
    language: reward.language,
    tokens,
    question: question.slice(0, shownText),
    gold: reward.gold.join(' · ').slice(0, shownText),
    sources: distinct(documents.map(({ source }) => source)),
    licences: distinct(documents.map(({ licence }) => licence)),
    documents: documents.length,
    windows: needs?.windows,
    spread: needs?.spread,
    crackedBy: needs?.crackedBy ?? [],
    difficulty: calibration?.difficulty ?? llm?.difficulty ?? '',
    probe,
    model: llm?.generation.model ?? '',
    repairs: llm?.repairs?.length ?? 0,
    imported: imported?.dataset ?? '',
  };
}
