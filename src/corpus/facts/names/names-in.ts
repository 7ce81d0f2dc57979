/** @file The names of a text by the languages that it is in. */

import type { Table } from '../../tables/table.ts';
import { type FoundNames, namesOf } from '../names.ts';
import { chineseNames } from './chinese-names.ts';
import type { Name, SpeakerMention } from './name.ts';
import { pointsOfWords } from './name-kind.ts';

/** Languages in which capitals do not tell names: they have none, or every noun has one. */
const withoutCapitals = new Set(['zh', 'ja', 'ko', 'ar', 'fa', 'he', 'hi', 'th', 'ka', 'de']);

/** Roles and parties are nobody's names. */
const noSpeaker = /^(?:[QA]|user|assistant|system|[\p{Ll}].*|.{1,12}(?:系统|消息)|[—―─]+)$/u;

/** Who speaks is a person in any language. */
function ofSpeakers(speakers: readonly SpeakerMention[]): Name[] {
  const mentions = new Map<string, SpeakerMention['span'][]>();
  for (const { name, span } of speakers) {
    const spans = mentions.get(name);
    if (spans === undefined) mentions.set(name, [span]);
    else spans.push(span);
  }
  return [...mentions]
    .filter(([name, spans]) => spans.length > 1 && !noSpeaker.test(name))
    .map(([name, spans]): Name => ({ name, kind: 'person', mentions: spans }));
}

/**
 * @param languages Of the text and its parts, as ISO 639-1. Chinese names are looked for where there is Chinese.
 */
export function findNamesIn(
  text: string,
  languages: readonly string[],
  speakers: readonly SpeakerMention[] = [],
  tables: readonly Table[] = [],
): FoundNames {
  const chinese = languages.includes('zh') ? chineseNames(text, { speakers }) : [];
  if (languages.every((language) => withoutCapitals.has(language))) {
    const known = new Set(chinese.map(({ name }) => name));
    // The Chinese finder has looked at them.
    const spoken = languages.includes('zh') ? [] : ofSpeakers(speakers).filter(({ name }) => !known.has(name));
    return { names: [...chinese, ...spoken], unsure: 0 };
  }
  const { names: found, unsure: doubtful } = namesOf(text, { speakers, tables });
  // Facts say of each name what it names: what is `other` only because nothing tells is left out.
  const names = found.filter(({ name, kind }) => kind !== 'other' || pointsOfWords(name.split(' ')).other > 0);
  const unsure = doubtful + found.length - names.length;
  const known = new Set(chinese.map(({ name }) => name));
  const both = [...chinese, ...names.filter(({ name }) => !known.has(name))];
  return { names: both.sort((a, b) => b.mentions.length - a.mentions.length), unsure };
}
