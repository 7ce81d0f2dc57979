/** @file Reads the definitions as lines with quoted terms or numbered items, and tests the clue on each. */
import { headed, nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { namedProvision } from '../../solving/named-provision.ts';
import {
  citedNumbers,
  citedProvision,
  type ShownProvision,
  shownProvisions,
  usesTerm,
} from '../../solving/provisions.ts';
import { clues } from './wordings.ts';

interface ShownDefinition {
  readonly term: string;
  readonly meaning: string;
  readonly home: ShownProvision | undefined;
}

const forms = [
  /^(?:\d+\.\d+ )?["“]([^"”]{2,60})["”],? (?:means|includes|refers to)[ ,](.+)$/,
  /^(?:[（(][一二三四五六七八九十]+[)）])?“?([^，。“”：]{2,20})”?，?是?指[，,]?(.+)$/,
];

/** A definition in each line that looks like one. */
const definitionsOf = (all: readonly ShownProvision[]): ShownDefinition[] =>
  all.flatMap((home) =>
    home.body.split('\n').flatMap((line) => {
      const match = forms.map((form) => form.exec(line.trim())).find((one) => one !== null);
      return match === undefined || match === null ? [] : [{ term: match[1] ?? '', meaning: match[2] ?? '', home }];
    }),
  );

/** A name of the kind that the clue speaks of. */
const likeIn = (place: string): string => {
  const { noun } = headed.read(place) ?? {};
  return noun === undefined ? place : nameLike(noun);
};

function read(clue: string): readonly [keyof typeof clues, Readonly<Record<string, string>>] | undefined {
  for (const kind of ['only', 'without', 'builds', 'refers'] as const) {
    const slots = clues[kind].read(clue);
    if (slots !== undefined) return [kind, slots];
  }
  return undefined;
}

export function solve({ documents, slots: { document: title = '', clue = '' } }: ShownPrompt): string[] | undefined {
  const document = documents.find((one) => one.title === title);
  const given = read(clue);
  if (document === undefined || given === undefined) return undefined;
  const [kind, { place = '', other = '', third = '', term = '' }] = given;
  const all = shownProvisions(document, likeIn(place));
  const [first, second, none] = [place, other, third].map((words) => namedProvision(all, words));
  if (first === undefined) return undefined;
  const fits = ({ term: own, meaning, home }: ShownDefinition): boolean => {
    const uses = (one: ShownProvision | undefined): boolean =>
      one !== undefined && one !== home && usesTerm(one.body, own);
    if (kind === 'refers')
      return citedNumbers(meaning, all[0]?.name ?? '').some((number) => citedProvision(all, number) === first);
    if (kind === 'builds') return usesTerm(meaning, term) && uses(first);
    if (!uses(first) || !uses(second)) return false;
    return kind === 'without' ? none !== undefined && !uses(none) : all.filter(uses).length === 2;
  };
  const found = definitionsOf(all)
    .filter(fits)
    .map((one) => one.term);
  return found.length === 1 ? found : undefined;
}
