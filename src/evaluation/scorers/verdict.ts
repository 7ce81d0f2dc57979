/**
 * @file What a judge said. The reference has four readings, one a script; all are kept for `upstream`:
 * `contains-yes` (DocMath, Frames): `YES` anywhere; `yes-not-no` (CorpusQA); `first-bracket` (LongBench v1), for which a text without
 * a verdict is none and the script then gives 0; `correct-not-incorrect` (LongMemEval).
 * `last-bracket` is ours: the last verdict counts, because judges repeat the instruction before they follow it, and a text
 * without one is no verdict rather than a no.
 */

/** Four of the reference's scripts, and ours last. */
export const verdictForms = [
  'contains-yes',
  'yes-not-no',
  'first-bracket',
  'correct-not-incorrect',
  'last-bracket',
] as const;
/** Which of the readings above a question asks for. */
export type VerdictForm = (typeof verdictForms)[number];

const bracket = /\[\[\s*(yes|no|correct|incorrect)\s*\]\]/gi;

/** True or false as the judge said; undefined where it said neither. */
export function parseVerdict(text: string, form: VerdictForm): boolean | undefined {
  switch (form) {
    case 'contains-yes':
      return text.includes('YES');
    case 'yes-not-no':
      return text.includes('[[YES]]') && !text.includes('[[NO]]');
    case 'correct-not-incorrect':
      return text.includes('[[CORRECT]]') && !text.includes('[[INCORRECT]]');
    case 'first-bracket': {
      const first = /\[\[\s*(yes|no)\s*\]\]/iu.exec(text)?.[1];
      return first === undefined ? undefined : first.toLowerCase() === 'yes';
    }
    case 'last-bracket': {
      const last = [...text.matchAll(bracket)].at(-1)?.[1]?.toLowerCase();
      return last === undefined ? undefined : last === 'yes' || last === 'correct';
    }
  }
}
