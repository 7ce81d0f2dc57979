/** @file How often everybody speaks in a stretch. */
import { isPerson, type Speech } from './speeches.ts';
import type { Stretch } from './stretches.ts';

/** A speaker with all of his or her speeches. */
export interface SpeakerCount {
  readonly speaker: string;
  readonly speeches: readonly Speech[];
}

/** Everybody who speaks, most speeches first; of equal ones who speaks first. */
export function countsOf({ speeches }: Stretch): SpeakerCount[] {
  const counts = new Map<string, Speech[]>();
  for (const speech of speeches)
    if (isPerson(speech.speaker)) counts.set(speech.speaker, [...(counts.get(speech.speaker) ?? []), speech]);
  return [...counts]
    .map(([speaker, own]): SpeakerCount => ({ speaker, speeches: own }))
    .sort((a, b) => b.speeches.length - a.speeches.length);
}
