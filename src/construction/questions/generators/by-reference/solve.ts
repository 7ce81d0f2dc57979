/** @file Finds the quoted words, reads the number in their sentence, and looks at what stands under it. */
import { nameLike } from '../../provision-words.ts';
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { citedNumbers, citedProvision, type ShownProvision, shownProvisions } from '../../solving/provisions.ts';
import { type FigureKind, figuresIn, flat } from '../../solving/quoted.ts';
import { measures, whats } from './wordings.ts';

const kinds: readonly FigureKind[] = ['period', 'money', 'percentage'];
/** Names of everything that can be referred to: the kind is seen by which headings there are. */
const likes = ['Article', '条文', 'Section', 'Clause', 'section', '小节'];

const leastHeadings = 6;

/** The words from one full stop to the next around a place. */
function sentenceAt(text: string, at: number, length: number): string {
  const stops = [...text.matchAll(/(?:[.!?](?=\s+[\p{Lu}\d"“(])|[。！？]|\s(?=\d{1,2}\.\d{1,2}\s+\p{Lu}))/gu)].map(
    ({ index }) => index,
  );
  const from = Math.max(0, ...stops.filter((stop) => stop < at).map((stop) => stop + 1));
  return text.slice(from, stops.find((stop) => stop >= at + length - 1) ?? text.length);
}

/** Characters of a reference at most. */
const longestLabel = 40;

/** Where a quote stands whose `…` is a reference. */
function placeOf(text: string, quote: string): { at: number; length: number } | undefined {
  const [first = '', second = ''] = quote.split('…');
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const from = at + first.length;
    const next = text.slice(from, from + longestLabel + second.length).indexOf(second, 1);
    if (next > 0) return { at, length: from + next + second.length - at };
  }
  return undefined;
}

/** The numbered part `8.3` of a provision, or all of it. */
function partOf({ body, number }: ShownProvision, cited: string): string {
  if (cited === number) return body;
  const lines = body.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`${cited} `));
  if (from < 0) return '';
  const length = lines.slice(from + 1).findIndex((line) => line.trim() === '' || /^\d+\.\d+ /.test(line));
  return lines.slice(from, length < 0 ? undefined : from + 1 + length).join('\n');
}

export function solve({
  documents,
  slots: { document: title = '', quote = '', what = '' },
}: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, title);
  if (document === undefined) return undefined;
  const { noun } = whats.heading.read(what) ?? {};
  const { measure } = whats.value.read(what) ?? {};
  const like = noun ?? likes.find((one) => shownProvisions(document, nameLike(one)).length >= leastHeadings) ?? '';
  const all = shownProvisions(document, nameLike(like));
  const holders = all.filter(({ body }) => placeOf(flat(body), quote) !== undefined);
  const [holder] = holders;
  if (holder === undefined || holders.length > 1) return undefined;
  const text = flat(holder.body);
  const { at, length } = placeOf(text, quote) ?? { at: 0, length: 0 };
  const numbers = [...new Set(citedNumbers(sentenceAt(text, at, length), nameLike(like)))];
  const [cited] = numbers;
  const target = cited === undefined || numbers.length > 1 ? undefined : citedProvision(all, cited);
  if (target === undefined || cited === undefined) return undefined;
  if (noun !== undefined) return [target.title];
  const kind = kinds.find((one) => measures[one].en === measure || measures[one].zh === measure);
  if (kind === undefined) return undefined;
  const figures = figuresIn(partOf(target, cited), kind);
  return figures.length === 1 ? figures.map((figure) => figure.text) : undefined;
}
