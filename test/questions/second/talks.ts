/** @file Second implementations for plays, transcripts and chats. */
import { asked as memory } from '../../../src/construction/questions/generators/dialogue-memory/wordings.ts';
import { asked as span } from '../../../src/construction/questions/generators/message-span/wordings.ts';
import { asked as present } from '../../../src/construction/questions/generators/present-in-scene/wordings.ts';
import { asked as reply } from '../../../src/construction/questions/generators/reply-to/wordings.ts';
import { asked as naming } from '../../../src/construction/questions/generators/speakers-naming/wordings.ts';
import { asked as rank } from '../../../src/construction/questions/generators/speakers-rank/wordings.ts';
import { asked as table } from '../../../src/construction/questions/generators/speakers-table/wordings.ts';
import { asked as both } from '../../../src/construction/questions/generators/speakers-where/wordings.ts';
import { asked as arithmetic } from '../../../src/construction/questions/generators/turn-arithmetic/wordings.ts';
import { type Asked, documentsOf, itemsOf, only, onlyOption, optionsOf, type Second } from './prompt.ts';
import { inStretch, type Speech, says, speaksOf, speechesOf, stretchKey } from './turns.ts';

/** The speeches of the document whose title the question has in quotes. */
function talk(asked: Asked, where = ''): Speech[] {
  const named = documentsOf(asked).filter(({ title }) => asked.question.includes(`“${title}”`));
  const longest = named.sort((a, b) => b.title.length - a.title.length)[0];
  const all = longest === undefined ? [] : speechesOf(longest);
  // A scene or day may be named before or behind the title.
  const place = ` ${stretchKey(where.replace(/“[^”]*”/, ' '))} `;
  if (/\d{4}-\d\d-\d\d/.test(where)) return inStretch(all, where);
  const stretches = [...new Set(all.map(({ stretch }) => stretch))].filter(
    (one) => one !== '' && place.includes(` ${one} `),
  );
  const stretched = stretches.sort((a, b) => b.length - a.length)[0];
  return stretched === undefined ? all : all.filter(({ stretch }) => stretch === stretched);
}

function counts(speeches: readonly Speech[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { speaker } of speeches) found.set(speaker, (found.get(speaker) ?? 0) + 1);
  return found;
}

const speakersIn = (speeches: readonly Speech[], name = ''): Set<string> =>
  new Set(inStretch(speeches, name).map(({ speaker }) => speaker));

const replyTo: Second = (asked) => {
  const { speaker = '', one = '', two = '' } = reply.read(asked.question) ?? {};
  const speeches = talk(asked, reply.read(asked.question)?.where);
  const at = only(
    speeches.flatMap((speech, i) =>
      speech.speaker === speaker && speaksOf(speech, one) && speaksOf(speech, two) ? [i] : [],
    ),
  );
  const next = at === undefined ? undefined : speeches[at + 1];
  return next && [next.speaker];
};

const dialogueMemory: Second = (asked) => {
  const { speaker, word = '' } = memory.read(asked.question) ?? {};
  const own = talk(asked, memory.read(asked.question)?.where).filter(
    (speech) => speech.speaker === speaker && speaksOf(speech, word),
  );
  const placed = optionsOf(asked.question).flatMap(({ letter, text }) => {
    const at = own.findIndex((speech) => says(speech, text));
    return at < 0 || !speaksOf({ words: text, speaker: '', stretch: '' }, word) ? [] : [{ letter, at }];
  });
  const first = placed.sort((a, b) => a.at - b.at)[0];
  return first && [first.letter];
};

const presentInScene: Second = (asked) => {
  const { a, b } = present.read(asked.question) ?? {};
  const speeches = talk(asked);
  const [here, there] = [speakersIn(speeches, a), speakersIn(speeches, b)];
  return onlyOption(asked.question, (name) => here.has(name) && !there.has(name));
};

const speakersNaming: Second = (asked) => {
  const { word = '' } = naming.read(asked.question) ?? {};
  return [
    ...new Set(
      talk(asked, naming.read(asked.question)?.where).flatMap((speech) =>
        speaksOf(speech, word, true) ? [speech.speaker] : [],
      ),
    ),
  ];
};

const speakersWhere: Second = (asked) => {
  const { a, b } = both.read(asked.question) ?? {};
  const there = speakersIn(talk(asked), b);
  return [...speakersIn(talk(asked), a)].filter((name) => there.has(name));
};

const turnArithmetic: Second = (asked) => {
  const { first = '', a = '', b = '' } = arithmetic.read(asked.question) ?? {};
  const of = counts(talk(asked, arithmetic.read(asked.question)?.where));
  const [x, y, z] = [of.get(first), of.get(a), of.get(b)];
  return x === undefined || y === undefined || z === undefined ? undefined : [String(x - y - z)];
};

const messageSpan: Second = (asked) => {
  const { speaker } = span.read(asked.question) ?? {};
  const own = talk(asked, span.read(asked.question)?.where).filter((speech) => speech.speaker === speaker);
  const days = [...new Set(own.map(({ stretch }) => stretch))].map((day) => inStretch(own, day));
  const fullest = days.sort((a, b) => b.length - a.length)[0] ?? [];
  const minutes = fullest.flatMap(({ minute }) => minute ?? []);
  return minutes.length < 2 ? undefined : [String(Math.max(...minutes) - Math.min(...minutes))];
};

const speakersTable: Second = (asked) => {
  const { columns = '', rows = '' } = table.read(asked.question) ?? {};
  const heads = [...columns.matchAll(/“([^”]+)”/g)].map(([, head = '']) => head);
  const data = rows.split(/[;；]\s*/).map((name) => {
    const speeches = inStretch(talk(asked), name);
    const busiest = [...counts(speeches)].sort(([, a], [, b]) => b - a)[0];
    return [name, speeches[0]?.speaker ?? '', speeches.at(-1)?.speaker ?? '', busiest?.[0] ?? '', `${speeches.length}`];
  });
  return [JSON.stringify({ columns: heads, data })];
};

const speakersRank: Second = (asked) => {
  const { count } = rank.read(asked.question) ?? {};
  const ranked = [...counts(talk(asked, rank.read(asked.question)?.where))].sort(([, a], [, b]) => b - a);
  return ranked.slice(0, Number(count)).map(([name]) => name);
};

const scenesOrder: Second = (asked) => {
  const speeches = talk(asked);
  const stretches = [...new Set(speeches.map(({ stretch }) => stretch))];
  const casts = stretches.map((name) => [...speakersIn(speeches, name)].sort().join('|'));
  const placed = optionsOf(asked.question).map(({ letter, text }) => {
    const cast = text
      .split(/, | and |、/)
      .sort()
      .join('|');
    return { letter, at: only(casts.flatMap((other, i) => (other === cast ? [i] : []))) };
  });
  if (placed.some(({ at }) => at === undefined)) return undefined;
  return placed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ letter }) => letter);
};

const speechesOrder: Second = (asked) => {
  const speeches = talk(asked);
  const placed = optionsOf(asked.question).map(({ letter, text }) => ({
    letter,
    at: only(speeches.flatMap((speech, i) => (says(speech, text) ? [i] : []))),
  }));
  if (placed.some(({ at }) => at === undefined)) return undefined;
  return placed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ letter }) => letter);
};

const linesToSpeakers: Second = (asked) => {
  const speeches = talk(asked);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const speakers = [...new Set(speeches.filter((one) => says(one, text)).map(({ speaker }) => speaker))];
    return `${label}: ${only(speakers) ?? ''}`;
  });
  return lines.some((line) => line.endsWith(': ')) ? undefined : lines;
};

const questionsToAnswers: Second = (asked) => {
  const speeches = talk(asked);
  const options = optionsOf(asked.question);
  const lines = itemsOf(asked.question)
    .filter(({ label }) => /\d/.test(label))
    .map(({ label, text }) => {
      const at = speeches.findIndex((speech) => says(speech, text));
      const answer = speeches[at + 1];
      const letter = answer && only(options.filter((option) => says(answer, option.text)))?.letter;
      return `${label}: ${letter ?? ''}`;
    });
  return lines.some((line) => line.endsWith(': ')) ? undefined : lines;
};

/** By the id of the generator. */
export const talks: Readonly<Record<string, Second>> = {
  'reply-to': replyTo,
  'dialogue-memory': dialogueMemory,
  'present-in-scene': presentInScene,
  'speakers-naming': speakersNaming,
  'speakers-where': speakersWhere,
  'turn-arithmetic': turnArithmetic,
  'message-span': messageSpan,
  'speakers-table': speakersTable,
  'speakers-rank': speakersRank,
  'scenes-order': scenesOrder,
  'speeches-order': speechesOrder,
  'lines-to-speakers': linesToSpeakers,
  'questions-to-answers': questionsToAnswers,
};
