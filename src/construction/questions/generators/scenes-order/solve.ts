/** @file Gathers who speaks in every scene or on every day, in order, and finds each cast among them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { documentCalled, type ShownSpeech, shownSpeeches, speakersIn } from '../../solving/talk.ts';

const keyOf = (names: readonly string[]): string => [...names].sort().join('\n');

export function solve({ documents, slots: { title = '', units = '', options } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, title);
  if (document === undefined) return undefined;
  const placeOf = ({ day, scene, part }: ShownSpeech): string =>
    /^(?:days|日子)$/.test(units) ? day : /^(?:parts|部分)$/.test(units) ? part : scene;
  const groups = new Map<string, ShownSpeech[]>();
  for (const speech of shownSpeeches(document))
    groups.set(placeOf(speech), [...(groups.get(placeOf(speech)) ?? []), speech]);
  const casts = [...groups.values()].map((speeches) => keyOf(speakersIn(speeches)));
  const placed = shownOptions(options).map(({ letter, text }) => {
    const own = keyOf(text.split(/, (?!and )|,? and |、|和(?=[^和、]+$)/));
    const at = casts.flatMap((one, i) => (one === own ? [i] : []));
    return { letter, at: at.length === 1 ? (at[0] ?? -1) : -1 };
  });
  if (placed.some(({ at }) => at < 0)) return undefined;
  return placed.sort((a, b) => a.at - b.at).map(({ letter }) => letter);
}
