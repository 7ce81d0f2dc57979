/**
 * @file Where in a prompt the spans of a proof stand. A sample names them in characters of its documents, and the prompt quotes parts of those: how far a part
 * is moved follows from the passages that the rationale quotes. A span is placed where a passage of its length stands, or where its neighbours
 * say; nothing is placed by likeness.
 */
import type { DocumentPart } from './prompt-documents.ts';

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

/** Places of one passage that are looked at. */
const mostPlaces = 40;

/** What the rationale may quote: lines, and what stands between their colons, semicolons, slashes and dashes. */
function passagesOf(rationale: string): ReadonlyMap<number, ReadonlySet<string>> {
  const byLength = new Map<number, Set<string>>();
  const add = (text: string) => {
    const passage = text.trim();
    if (passage === '') return;
    const own = byLength.get(passage.length);
    if (own === undefined) byLength.set(passage.length, new Set([passage]));
    else own.add(passage);
  };
  for (const line of rationale.split('\n')) {
    const parts = line.split(/(: |; | \/ | - | = |, |\[)/);
    // Every run of parts: a passage may hold the marks that part others.
    for (let from = 0; from < parts.length; from += 2)
      for (let to = from; to < Math.min(parts.length, from + 24); to += 2) add(parts.slice(from, to + 1).join(''));
  }
  return byLength;
}

const isLetter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const cutsWord = (text: string, at: number): boolean =>
  isLetter(text[at - 1]) && isLetter(text[at]) && !/\p{Script=Han}/u.test(text[at] ?? '');

/** By how much a document's characters may be moved in its part, with how many spans say so. */
function votesOf(
  prompt: string,
  { body, end }: DocumentPart,
  spans: readonly ProofSpan[],
  passages: ReadonlyMap<number, ReadonlySet<string>>,
): Map<number, Set<ProofSpan>> {
  const votes = new Map<number, Set<ProofSpan>>();
  for (const span of spans)
    for (const passage of passages.get(span.end - span.start) ?? []) {
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

function placedIn(
  prompt: string,
  part: DocumentPart,
  spans: readonly ProofSpan[],
  votes: ReadonlyMap<number, ReadonlySet<ProofSpan>>,
): PlacedProof[] {
  const moves = [...votes].sort((a, b) => b[1].size - a[1].size);
  const best = moves[0]?.[0];
  return spans.flatMap((span): PlacedProof[] => {
    const own = moves.find(([, voters]) => voters.has(span))?.[0] ?? best;
    if (own === undefined) return [];
    const [start, end] = [span.start + own, span.end + own];
    if (start < part.body || end > part.end || cutsWord(prompt, start) || cutsWord(prompt, end)) return [];
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
  const passages = passagesOf(rationale);
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
