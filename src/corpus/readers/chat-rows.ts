/** @file A file of rows that are a message of a chat each: documents of bounded size, each a conversation, in a stream. */
import path from 'node:path';
import type { Quarantined, Row, RowValue } from '../../records/reader.ts';
import { type ChatMessage, chatLine, chatMessage } from './message-rows.ts';
import type { RawDocument } from './reader.ts';

/** A part ends with whichever comes first. */
const [mostRows, mostCharacters] = [2000, 400_000];

/** Names by account, as far as the rows have stated them. */
type Accounts = Map<string, string>;

function lineOf(message: ChatMessage, accounts: Accounts): string | undefined {
  const { account, name, notice } = message;
  if (account !== undefined && name !== undefined) accounts.set(account, name);
  const speaker = name ?? (account === undefined ? undefined : (accounts.get(account) ?? account));
  return notice || speaker === undefined ? undefined : chatLine(speaker, message);
}

/** Whether a first row is a message of a chat. */
export const isChatRow = (row: RowValue): boolean => chatMessage(row) !== undefined;

/**
 * The documents of a chat: one that is called by its file, or parts called `chat.jsonl#rows 1-2000`. Holds one part.
 *
 * @param rows What comes after `first`.
 * @param other The document of a row that is no message.
 */
export async function* chatDocuments(
  id: string,
  first: Row,
  rows: AsyncIterator<Row | Quarantined>,
  other: (row: Row) => RawDocument | Quarantined,
): AsyncGenerator<RawDocument | Quarantined> {
  const accounts: Accounts = new Map();
  let [lines, characters, from, count]: [string[], number, number, number] = [[], 0, 1, 0];
  const part = (whole: boolean): RawDocument => {
    const rowsOf = `rows ${from}-${count}`;
    const name = path.posix.basename(id);
    return {
      type: 'document',
      id: whole ? id : `${id}#${rowsOf}`,
      title: whole ? name : `${name}, ${rowsOf}`,
      text: lines.join('\n'),
      metadata: { messages: lines.length },
    };
  };
  let next: IteratorResult<Row | Quarantined> = { done: false, value: first };
  for (; next.done !== true; next = await rows.next()) {
    const { value } = next;
    if (value.type === 'quarantined') {
      yield value;
      continue;
    }
    count++;
    const message = chatMessage(value.value);
    if (message === undefined) {
      yield other(value);
      continue;
    }
    const line = lineOf(message, accounts);
    if (line === undefined) continue;
    lines.push(line);
    characters += line.length;
    if (lines.length < mostRows && characters < mostCharacters) continue;
    yield part(false);
    [lines, characters, from] = [[], 0, count + 1];
  }
  if (lines.length > 0) yield part(from === 1);
}
