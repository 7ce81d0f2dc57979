/** @file Second implementations for plays, transcripts and chats. */
import {
  asked as byDay,
  counts as dayCounts,
} from '../../../src/construction/questions/generators/busiest-day/wordings.ts';
import { asked as naming1 } from '../../../src/construction/questions/generators/first-to-name/wordings.ts';
import { asked as present } from '../../../src/construction/questions/generators/present-in-scene/wordings.ts';
import { asked as reply } from '../../../src/construction/questions/generators/reply-to/wordings.ts';
import { asked as naming } from '../../../src/construction/questions/generators/speakers-naming/wordings.ts';
import { countRead, asked as rank } from '../../../src/construction/questions/generators/speakers-rank/wordings.ts';
import { asked as table } from '../../../src/construction/questions/generators/speakers-table/wordings.ts';
import { asked as both } from '../../../src/construction/questions/generators/speakers-where/wordings.ts';
import { namesTogether, asked as share } from '../../../src/construction/questions/generators/speech-share/wordings.ts';
import { type Asked, documentsOf, itemsOf, only, onlyOption, optionsOf, type Second } from './prompt.ts';
import { inStretch, type Speech, says, speaksOf, speechesOf, stretchKey } from './turns.ts';

/** The speeches of the document whose title the question has in quotes. */
function talk(asked: Asked, where = ''): Speech[] {
  const named = documentsOf(asked).filter(({ title }) =>
    [`“${title}”`, `《${title}》`].some((marked) => asked.question.includes(marked)),
  );
  const longest = named.sort((a, b) => b.title.length - a.title.length)[0];
  const all = longest === undefined ? [] : speechesOf(longest);
  // A scene or day may be named before or behind the title.
  const place = ` ${stretchKey(where.replace(/“[^”]*”|《[^》]*》/, ' '))} `;
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

/** A label as a sentence has it. */
const alike = (a: string, b = ''): boolean =>
  a.toLowerCase().replace(/^the /, '') === b.toLowerCase().replace(/^the /, '');

const replyTo: Second = (asked) => {
  const { speaker = '', quote = '', where } = reply.read(asked.question) ?? {};
  const speeches = talk(asked, where);
  const at = only(speeches.flatMap((speech, i) => (alike(speech.speaker, speaker) && says(speech, quote) ? [i] : [])));
  const next = at === undefined ? undefined : speeches[at + 1];
  return next && [next.speaker];
};

const firstToName: Second = (asked) => {
  const { name = '', where } = naming1.read(asked.question) ?? {};
  const first = talk(asked, where).find((speech) => speaksOf(speech, name, true));
  return onlyOption(asked.question, (text) => alike(text, first?.speaker));
};

const presentInScene: Second = (asked) => {
  const { a, b } = present.read(asked.question) ?? {};
  const speeches = talk(asked);
  const [here, there] = [speakersIn(speeches, a), speakersIn(speeches, b)];
  const has = (names: ReadonlySet<string>, name: string): boolean => [...names].some((one) => alike(one, name));
  return onlyOption(asked.question, (name) => has(here, name) && !has(there, name));
};

const speakersNaming: Second = (asked) => {
  const { name = '' } = naming.read(asked.question) ?? {};
  return [
    ...new Set(
      talk(asked, naming.read(asked.question)?.where).flatMap((speech) =>
        speaksOf(speech, name, true) ? [speech.speaker] : [],
      ),
    ),
  ];
};

const speakersWhere: Second = (asked) => {
  const { a, b } = both.read(asked.question) ?? {};
  const there = speakersIn(talk(asked), b);
  return [...speakersIn(talk(asked), a)].filter((name) => there.has(name));
};

const speechShare: Second = (asked) => {
  const { who = '', where } = share.read(asked.question) ?? {};
  const speeches = talk(asked, where);
  const own = speeches.filter(({ speaker }) => namesTogether(who).some((name) => alike(name, speaker)));
  return own.length === 0 ? undefined : [`${Math.round((1000 * own.length) / speeches.length) / 10}`];
};

const busiestDay: Second = (asked) => {
  const { where, what = '' } = byDay.read(asked.question) ?? {};
  const speeches = talk(asked, where);
  const writer = dayCounts.days.read(what)?.speaker;
  const days = [...new Set(speeches.map(({ stretch }) => stretch))];
  if (writer === undefined) return [`${Math.max(...days.map((day) => inStretch(speeches, day).length))}`];
  return [`${days.filter((day) => inStretch(speeches, day).some(({ speaker }) => alike(speaker, writer))).length}`];
};

const speakersTable: Second = (asked) => {
  const { columns = '', rows = '' } = table.read(asked.question) ?? {};
  const heads = [...columns.matchAll(/“([^”]+)”/g)].map(([, head = '']) => head);
  const data = rows.split(/[;；]/.test(rows) ? /[;；]\s*(?:and )?/ : /, | and /).map((name) => {
    const speeches = inStretch(talk(asked), name);
    const busiest = [...counts(speeches)].sort(([, a], [, b]) => b - a)[0];
    return [name, speeches[0]?.speaker ?? '', speeches.at(-1)?.speaker ?? '', busiest?.[0] ?? '', `${speeches.length}`];
  });
  return [JSON.stringify({ columns: heads, data })];
};

const speakersRank: Second = (asked) => {
  const { count = '' } = rank.read(asked.question) ?? {};
  const ranked = [...counts(talk(asked, rank.read(asked.question)?.where))].sort(([, a], [, b]) => b - a);
  return ranked.slice(0, countRead(count)).map(([name]) => name);
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
  'present-in-scene': presentInScene,
  'speakers-naming': speakersNaming,
  'speakers-where': speakersWhere,
  'first-to-name': firstToName,
  'speech-share': speechShare,
  'busiest-day': busiestDay,
  'speakers-table': speakersTable,
  'speakers-rank': speakersRank,
  'speeches-order': speechesOrder,
  'lines-to-speakers': linesToSpeakers,
  'questions-to-answers': questionsToAnswers,
};
