/** @file Changes that a changelog gives to more than one release: they were carried back to an older line. */
import type { Change, Release } from '../../views/provisions/releases.ts';

const carried =
  /back-?port|cherry[- ]?pick|(?:also|first) (?:released|shipped|included|fixed|available|published|appeared?|applied|in) (?:(?:as|in|to|with|for|on) )?(?:the |version |release )*v?\d|移植|同步(?:更新|修复|合并|发布)?[到至]|合并[到至回].{0,12}(?:分支|版本)|回移|也(?:已)?(?:包含|发布|收录)[在于]/i;
/** A version, a number of a ticket or of an advisory. */
const marks = /(?<![\d.])v?\d+\.\d+(?:\.\d+)*(?![\d.]*\d)|#\d+|\bCVE-\d+-\d+/gi;
const marksOf = (text: string): string[] => (text.match(marks) ?? []).map((mark) => mark.replace(/^v/i, ''));

/** Entries, paragraphs and sentences of a text. */
const partsOf = (text: string): string[] => text.split(/\n\s*\n|\n(?=\s*[-*+#])|(?<=[.。])\s+(?=\p{Lu})|(?<=。)/u);

/** Words that say what a change is about; those of Chinese are pairs of signs. */
const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/\p{Script=Han}{2}|(?!back|release|version)\p{Ll}{5,}/gu) ?? [];
/** A passage that has so many words of a change is about it. */
const sharedWords = 3;

/** What of a release stands outside of its entries. */
function besideEntries({ span, changes, heading }: Release): string {
  let [outside, at] = ['', span.start];
  for (const { proof } of changes) {
    outside += `${heading.document.text.slice(at, Math.max(at, proof.span.start))}\n\n`;
    at = Math.max(at, proof.span.end);
  }
  return outside + heading.document.text.slice(at, span.end);
}

/**
 * Tells which changes may be in several releases: what its entry or its release says so of, what is about the same as a passage that says so, all of
 * a version that such a passage names.
 *
 * @param text What the prompt shows of the changelog.
 */
export function carriedChanges(
  text: string,
  releases: readonly Release[],
): (release: Release, change: Change) => boolean {
  const passages = partsOf(text).filter((part) => carried.test(part));
  const named = new Set(passages.flatMap(marksOf));
  const told = passages.map((passage) => new Set(wordsOf(passage)));
  const wholes = new Set(releases.filter((release) => carried.test(besideEntries(release))));
  return (release, { proof }) => {
    const entry = proof.document.text.slice(proof.span.start, proof.span.end);
    const words = new Set(wordsOf(entry));
    return (
      wholes.has(release) ||
      named.has(release.version.replace(/^v/i, '')) ||
      carried.test(entry) ||
      marksOf(entry).some((mark) => named.has(mark)) ||
      told.some((one) => [...words].filter((word) => one.has(word)).length >= sharedWords)
    );
  };
}
