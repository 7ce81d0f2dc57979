/** @file Reads the provision or the sentence that is named, takes the one number that it refers to, and looks at what stands under it. */
import { nameLike } from '../../provision-words.ts';
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import { citedNumbers, citedProvision, type ShownProvision, shownProvisions } from '../../solving/provisions.ts';
import { type FigureKind, figuresIn, flat } from '../../solving/quoted.ts';
import { measures, opening, whats } from './wordings.ts';

const kinds: readonly FigureKind[] = ['period', 'money', 'percentage'];
/** Headings to look for: `第一条` for 条. */
const likeOf = (noun: string): string => (/^[条节]$/.test(noun) ? `第一${noun}` : nameLike(noun));

/** The words from a place up to the end of their sentence. */
function sentenceFrom(text: string, at: number): string {
  const stop = /[.!?](?=\s+[\p{Lu}\d"“(])|[。！？]|\s(?=\d{1,2}\.\d{1,2}\s+\p{Lu})/u.exec(text.slice(at));
  return text.slice(at, stop === null ? text.length : at + stop.index);
}

/** What refers: the sentence that begins so and where it stands, or a whole provision; undefined where none or several fit. */
function sourceOf(all: readonly ShownProvision[], place: string): { text: string; holder: ShownProvision } | undefined {
  const { words } = opening.read(place) ?? {};
  if (words === undefined) {
    const holder = namedProvision(all, place);
    return holder && { text: flat(holder.body), holder };
  }
  const [holder, other] = all.filter(({ body }) => flat(body).includes(words));
  if (holder === undefined || other !== undefined) return undefined;
  const text = flat(holder.body);
  const at = text.indexOf(words);
  return at === text.lastIndexOf(words) ? { text: sentenceFrom(text, at), holder } : undefined;
}

export function solve({
  documents,
  slots: { document: title = '', place = '', noun = '', what = '' },
}: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, title);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, likeOf(noun));
  const source = sourceOf(all, place);
  const numbers = [...new Set(citedNumbers(source?.text ?? '', all[0]?.name ?? ''))];
  const cited = numbers.map((number) => citedProvision(all, number));
  const [target, other] = [...new Set(cited)].filter((one) => one !== source?.holder);
  // A number that leads nowhere may be of another work.
  if (target === undefined || other !== undefined || cited.includes(undefined)) return undefined;
  if (whats.heading.read(what) !== undefined) return [target.title];
  const { measure } = whats.value.read(what) ?? {};
  const kind = kinds.find((one) => measures[one].en === measure || measures[one].zh === measure);
  const figures = kind === undefined ? [] : figuresIn(target.body, kind);
  return figures.length === 1 ? figures.map((figure) => figure.text) : undefined;
}
