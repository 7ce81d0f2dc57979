/**
 * @file Where in a prompt the spans of a proof stand. A sample names them in characters of its documents, and the prompt quotes parts of those: how far a part
 * is moved follows from the passages that the rationale quotes. A span is placed where a passage of its length stands, or where its neighbours
 * say; nothing is placed by likeness.
 */
import type { DocumentPart } from './prompt-documents.ts';
import { isWordCharacter } from './words.ts';

/** A span of a document, by the document's number. */
export interface ProofSpan {
  readonly document: number;
  readonly start: number;
  readonly end: number;
}

/** A span where it stands in the prompt. */
export interface PlacedProof {
  readonly document: number;
  readonly start: number;
  readonly end: number;
}

/** Shorter passages, a letter or two, stand everywhere. */
const shortest = 3;
/** Places of one passage that are looked at. */
const mostPlaces = 40;

const cutsWord = (text: string, at: number): boolean =>
  isWordCharacter(text[at - 1]) && isWordCharacter(text[at]) && !/\p{Script=Han}/u.test(text[at] ?? '');

/** What the rationale may quote in so many characters: every stretch of a line that cuts no word. */
function passagesOf(rationale: string, length: number): ReadonlySet<string> {
  const passages = new Set<string>();
  for (let at = 0; at + length <= rationale.length; at++) {
    if (cutsWord(rationale, at) || cutsWord(rationale, at + length)) continue;
    const passage = rationale.slice(at, at + length);
    if (passage.trim() === passage && !passage.includes('\n')) passages.add(passage);
  }
  return passages;
}

/** By how much a document's characters may be moved in its part, with how many spans say so. */
function votesOf(
  prompt: string,
  { body, end }: DocumentPart,
  spans: readonly ProofSpan[],
  passages: (length: number) => ReadonlySet<string>,
): Map<number, Set<ProofSpan>> {
  const votes = new Map<number, Set<ProofSpan>>();
  for (const span of spans.filter(({ start, end }) => end - start >= shortest))
    for (const passage of passages(span.end - span.start)) {
      let at = prompt.indexOf(passage, body);
      for (let i = 0; at !== -1 && at < end && i < mostPlaces; i++, at = prompt.indexOf(passage, at + 1)) {
        if (cutsWord(prompt, at) || cutsWord(prompt, at + passage.length)) continue;
        const own = votes.get(at - span.start);
        if (own === undefined) votes.set(at - span.start, new Set([span]));
        else own.add(span);
      }
    }
  return votes;
}

/** Whether a stretch lies in a document and begins and ends as words do. */
function isPassage(prompt: string, { body, end: last }: DocumentPart, start: number, end: number): boolean {
  if (start < body || end > last || cutsWord(prompt, start) || cutsWord(prompt, end)) return false;
  return !/\s/.test(prompt[start] ?? ' ') && !/\s/.test(prompt[end - 1] ?? ' ');
}

function placedIn(
  prompt: string,
  part: DocumentPart,
  spans: readonly ProofSpan[],
  votes: ReadonlyMap<number, ReadonlySet<ProofSpan>>,
): PlacedProof[] {
  const fits = (move: number) => (span: ProofSpan) => isPassage(prompt, part, span.start + move, span.end + move);
  // Of moves that as many passages speak for, the one under which the other spans are passages too.
  const moves = [...votes]
    .map(([move, voters]) => [move, voters, 2 * voters.size + spans.filter(fits(move)).length] as const)
    .sort((a, b) => b[2] - a[2]);
  const best = moves[0]?.[0];
  return spans.flatMap((span): PlacedProof[] => {
    const own = moves.find(([, voters]) => voters.has(span))?.[0] ?? best;
    if (own === undefined) return [];
    const [start, end] = [span.start + own, span.end + own];
    if (!isPassage(prompt, part, start, end)) return [];
    return [{ document: span.document, start, end }];
  });
}

/**
 * @param parts One a document; none where the prompt does not tell them apart, and then it is all one.
 * @param whole Whether the part of a document is all of it: its spans are moved by where it begins.
 * @returns in the order of the prompt.
 */
export function findProof(
  prompt: string,
  rationale: string,
  parts: readonly DocumentPart[],
  spans: readonly ProofSpan[],
  whole: (document: number) => boolean = () => false,
): PlacedProof[] {
  const known = new Map<number, ReadonlySet<string>>();
  const passages = (length: number): ReadonlySet<string> => {
    const found = known.get(length) ?? passagesOf(rationale, length);
    known.set(length, found);
    return found;
  };
  const all: DocumentPart = { title: '', start: 0, body: 0, end: prompt.length };
  const documents = [...new Set(spans.map(({ document }) => document))];
  return documents
    .flatMap((document) => {
      const own = spans.filter((span) => span.document === document);
      const part = parts[document] ?? all;
      const votes: ReadonlyMap<number, ReadonlySet<ProofSpan>> = parts[document] !== undefined && whole(document)
        ? new Map([[part.body, new Set(own)]])
        : votesOf(prompt, part, own, passages);
      return placedIn(prompt, part, own, votes);
    })
    .sort((a, b) => a.start - b.start);
}
