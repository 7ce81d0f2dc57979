/** @file A file of rows that are a message of a chat each: documents of bounded size, each a conversation, in a stream. */
import path from 'node:path';
import type { Quarantined, Row, RowValue } from '../../../records/reader.ts';
import type { RawDocument } from '../reader.ts';
import { type ChatMessage, chatLine, chatMessage, isBareId } from './message-rows.ts';

/** A part ends with whichever comes first. */
const [mostRows, mostCharacters] = [2000, 400_000];

/** Names by account, as far as the rows have stated them. */
type Accounts = Map<string, string>;

/** Who wrote it; undefined where nothing names the account. */
function speakerOf({ account, name }: ChatMessage, accounts: Accounts): string | undefined {
  const speaker = name ?? (account === undefined ? undefined : (accounts.get(account) ?? account));
  return speaker === undefined || isBareId(speaker) ? undefined : speaker;
}

/** A chat in which more of the messages are by unnamed accounts is text without speakers; of others, those messages are left out. */
const mostUnnamed = 0.1;

function textOf(messages: readonly ChatMessage[], accounts: Accounts): string {
  const named = messages.flatMap((message): string[] => {
    const speaker = speakerOf(message, accounts);
    return speaker === undefined ? [] : [chatLine(speaker, message)];
  });
  const unnamed = messages.length - named.length;
  return unnamed > mostUnnamed * messages.length ? messages.map(({ words }) => words).join('\n\n') : named.join('\n');
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
  // Held as messages until the part is whole: a later row may state the name of an account.
  let [messages, characters, from, count]: [ChatMessage[], number, number, number] = [[], 0, 1, 0];
  const part = (whole: boolean): RawDocument => {
    const rowsOf = `rows ${from}-${count}`;
    const name = path.posix.basename(id);
    return {
      type: 'document',
      id: whole ? id : `${id}#${rowsOf}`,
      title: whole ? name : `${name}, ${rowsOf}`,
      text: textOf(messages, accounts),
      metadata: { messages: messages.length },
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
    const { account, name } = message;
    if (account !== undefined && name !== undefined) accounts.set(account, name);
    if (message.notice) continue;
    messages.push(message);
    characters += message.words.length;
    if (messages.length < mostRows && characters < mostCharacters) continue;
    yield part(false);
    [messages, characters, from] = [[], 0, count + 1];
  }
  if (messages.length > 0) yield part(from === 1);
}
