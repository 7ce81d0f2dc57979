/**
 * @file Who speaks in the dialogue of a story where no words say so: two persons take turns, a paragraph each. A paragraph between two, or
 * after two, of which the speakers are told is the other's; whoever calls somebody by a name is not the one called.
 */
import type { Span } from '../../document.ts';

/** A paragraph that opens with what is said. */
export interface Utterance {
  readonly paragraph: Span;
  /** Where the words beside it name one; `open` where nothing is told; `other` where somebody speaks and it is not sure who. */
  readonly speaker: { readonly speaker: string; readonly at: number } | 'open' | 'other';
}

type Named = { readonly speaker: string; readonly at: number };

const isNamed = (one: Named | 'open' | 'other' | undefined): one is Named => typeof one === 'object';

/** A surname is another form of the full name; who is meant by both is one. */
const isOne = (a: string, b: string): boolean =>
  a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`) || a.startsWith(`${b} `) || b.startsWith(`${a} `);

/** Only blank lines lie between paragraphs that follow each other. */
const follows = (text: string, a: Utterance | undefined, b: Utterance | undefined): boolean =>
  a !== undefined && b !== undefined && /^\s*$/.test(text.slice(a.paragraph.end, b.paragraph.start));

/** Speakers of the utterances without one, by place in the list. */
export function takeTurns(text: string, utterances: readonly Utterance[]): Map<number, Named> {
  const found = new Map<number, Named>();
  const of = (i: number): Named | 'open' | 'other' | undefined => found.get(i) ?? utterances[i]?.speaker;
  const fill = (i: number, step: 1 | -1): void => {
    if (of(i) !== 'open') return;
    const [next, other] = [of(i + step), of(i + 2 * step)];
    if (!isNamed(next) || !isNamed(other) || isOne(next.speaker, other.speaker)) return;
    const [a, b, c] = step === 1 ? [i, i + 1, i + 2] : [i - 2, i - 1, i];
    if (!follows(text, utterances[a], utterances[b]) || !follows(text, utterances[b], utterances[c])) return;
    const span = utterances[i]?.paragraph;
    const words = span === undefined ? '' : text.slice(span.start, span.end);
    if (other.speaker.split(' ').some((one) => one.length > 2 && words.includes(one))) return;
    found.set(i, other);
  };
  for (let i = 2; i < utterances.length; i++) fill(i, -1);
  for (let i = utterances.length - 3; i >= 0; i--) fill(i, 1);
  return found;
}
