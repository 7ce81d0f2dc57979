/** @file The marks of a prompt, sought after its text is shown. */
import { useEffect, useState } from 'preact/hooks';
import { noMarks, type ReadingFacts, type ReadingMarks, readingMarks } from './marks.ts';

/** Sought anew whenever `key` changes; undefined facts have no marks yet. */
export function useMarks(text: string, key: string, facts: ReadingFacts | undefined): ReadingMarks {
  const [marks, setMarks] = useState<ReadingMarks>(noMarks);
  useEffect(() => {
    if (facts === undefined) return undefined;
    // The text first; a million characters take a moment to search.
    const timer = setTimeout(() => setMarks(readingMarks(text, facts)), 30);
    return () => clearTimeout(timer);
  }, [text, key, facts === undefined]);
  return marks;
}

/** The keys that walk through marks. */
export const walks = [
  { key: 'n', kind: 'evidence', does: 'evidence' },
  { key: 'g', kind: 'gold-mark', does: 'place of the gold' },
  { key: 'w', kind: 'distractor', does: 'wrong answer in the text' },
  { key: 'l', kind: 'near', does: 'passage like the evidence' },
  { key: 'q', kind: 'quote', does: 'passage of the completion' },
] as const;
