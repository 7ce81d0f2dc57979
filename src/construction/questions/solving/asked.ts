/** @file Gate g1: what a question is asked of, found by the slots that name it. */
import { nameLike } from '../provision-words.ts';
import { documentCalled, type ShownPrompt } from '../read-prompt.ts';
import { readWhere } from '../views/talk/where.ts';
import { type ShownProvision, shownProvisions } from './provisions.ts';
import { type ShownRelease, shownReleases } from './releases.ts';
import { type ShownSpeech, shownSpeeches, within } from './talk.ts';

/** The provisions of `document` of the kind that `nouns` calls; undefined where the prompt has no such document. */
export function askedProvisions({ documents, slots }: ShownPrompt): ShownProvision[] | undefined {
  const document = documentCalled(documents, slots.document);
  return document && shownProvisions(document, nameLike(slots.nouns ?? ''));
}

/** The releases of `document`; undefined where the prompt has no such document. */
export function askedReleases({ documents, slots }: ShownPrompt): ShownRelease[] | undefined {
  const document = documentCalled(documents, slots.document);
  return document && shownReleases(document);
}

/** What is said in the scene, on the day or in the text that `where` names; undefined where the prompt has no such text. */
export function askedSpeeches({ documents, slots }: ShownPrompt): ShownSpeech[] | undefined {
  const place = readWhere(slots.where ?? '');
  const document = documentCalled(documents, place?.title);
  return document && place && within(shownSpeeches(document), place);
}
