/**
 * @file Rows that hold a conversation, as collections for language models do: a list of messages, each with who says it and what. The text
 * is in Markdown, `**user:** words`, one turn after the other. Rows that are a message each, as chats are exported, become lines
 * `[2024-01-29 08:01:00] Ann: words`.
 */

/** Columns of the list; of a message, who says it and what is said. In order of preference. */
const columns = ['messages', 'conversations', 'conversation', 'dialogue', 'dialog', 'turns'] as const;
const speakers = ['name', 'speaker', 'from', 'role', 'author', 'sender', 'sender_name', 'user'] as const;
const words = ['content', 'value', 'text', 'message', 'utterance', 'words'] as const;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstText = (of: Fields, names: readonly string[]): string | undefined =>
  names.map((name) => of[name]).find((value): value is string => typeof value === 'string' && value.trim() !== '');

/** `[{ type: 'text', text }]`, `['see ', { type: 'link', text }]`, beside plain strings. */
function contentOf(message: Fields): string | undefined {
  const plain = firstText(message, words);
  const parts = words.map((name) => message[name]).find((value) => Array.isArray(value));
  if (plain !== undefined || !Array.isArray(parts)) return plain;
  const texts = parts.flatMap((part: unknown) => {
    if (typeof part === 'string') return [part];
    return isFields(part) && typeof part.text === 'string' ? [part.text] : [];
  });
  // Links and words in bold stand in their sentence; parts of their own are lines.
  const inline = parts.some((part) => typeof part === 'string');
  return texts.length === 0 ? undefined : texts.join(inline ? '' : '\n');
}

/** A line that looks like the head of a turn joins the line before: it is said by whoever speaks. */
const joined = (said: string): string => said.trim().replace(/\s*\n\s*(?=\*{2}[^*\n]{1,60}(?::\*{2}|\*{2}:))/g, ' ');

/** What a service calls an account: `U02NH7`. It names nobody. */
export const isBareId = (account: string): boolean => /^(?=\w*\d)[UWB][A-Z\d]{4,}$/.test(account);

/** Lists in which an export says who its accounts are. */
const rosters = ['users', 'members', 'participants', 'profiles'] as const;

function accountsOf(row: Fields): Map<string, string> {
  const entries = rosters
    .flatMap((roster) => (Array.isArray(row[roster]) ? (row[roster] as unknown[]) : []))
    .filter(isFields);
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const { id, profile } = entry;
      const name =
        firstText(entry, ['real_name']) ??
        (isFields(profile) ? firstText(profile, names) : undefined) ??
        firstText(entry, names);
      return typeof id === 'string' && name !== undefined ? [[id, name]] : [];
    }),
  );
}

/** `<@U02NH7>` in what is said. */
const mention = /<@(\w+)(?:\|[^<>]*)?>/g;

/** A message with who says it, by name where the export states it. */
interface Said {
  readonly speaker: string;
  readonly words: string;
}

function saidIn(message: unknown, accounts: ReadonlyMap<string, string>): Said | undefined {
  if (!isFields(message)) return undefined;
  const { user_profile: profile } = message;
  const stated = (isFields(profile) ? firstText(profile, names) : undefined) ?? firstText(message, speakers);
  const speaker = (accounts.get(stated ?? '') ?? stated)?.replace(/[*:：\s]+/g, ' ').trim();
  const said = contentOf(message)?.replace(mention, (whole, account: string) => {
    const name = accounts.get(account);
    return name === undefined ? whole : `@${name}`;
  });
  return speaker === undefined || speaker === '' || said === undefined ? undefined : { speaker, words: joined(said) };
}

/** The conversation of a row; undefined where it holds none. */
export function messageText(row: Fields): { readonly column: string; readonly text: string } | undefined {
  for (const column of columns) {
    const list = row[column];
    if (!Array.isArray(list)) continue;
    const accounts = accountsOf(row);
    const spoken = list.flatMap((message: unknown) => {
      const chat = isFields(message) ? chatMessage(message) : undefined;
      return chat?.notice === true ? [] : [{ chat, said: saidIn(message, accounts) }];
    });
    const said = spoken.flatMap((one) => one.said ?? []);
    // Words of accounts that nothing names are no conversation.
    const isNamed = !said.some(({ speaker }) => isBareId(speaker));
    // Messages of a chat keep their times.
    const isChat = spoken.every((one) => (one.chat === undefined) === (one.said === undefined));
    if (isNamed && isChat && said.length > 1) {
      const lines = spoken.flatMap((one) =>
        one.chat && one.said ? [chatLine(one.said.speaker, { ...one.chat, words: one.said.words })] : [],
      );
      return { column, text: lines.join('\n') };
    }
    const turns = said.map(({ speaker, words: own }) => (isNamed ? `**${speaker}:** ${own}` : own));
    if (turns.length > 0) return { column, text: turns.join('\n\n') };
  }
  return undefined;
}

/** Where an export keeps the name of who wrote a message, beside plain columns. */
const nested = ['user_profile', 'author', 'sender', 'from', 'user', 'member'] as const;
const names = ['real_name', 'display_name', 'displayName', 'global_name', 'nickname', 'name', 'username'] as const;
const plainNames = [
  'real_name',
  'user_name',
  'username',
  'nickname',
  'nick',
  'author',
  'sender',
  'sender_name',
  'from',
  'name',
  'user',
] as const;
const times = ['ts', 'timestamp', 'timestamp_ms', 'time', 'date', 'created_at', 'createdAt', 'sent_at'] as const;
/** Columns that only messages have. */
const ofMessages = [
  'ts',
  'thread_ts',
  'channel',
  'channel_id',
  'room',
  'room_id',
  'message_id',
  'msg_id',
  'reply_to',
  'conversation_id',
  'chat_id',
  'from_id',
  'sender_name',
];
/** A longer text is no message of a chat. */
const longestMessage = 4000;
/** What the chat says of itself. */
const ofSystem =
  /^(?:channel|group|pinned|unpinned|reminder|tombstone|bot_(?:add|remove)|system|service|event|notice|notification|presence|join|leave|left|part(?:ed)?$)/i;
/** Its own account. */
const systemAccount = /^(?:system|server|系统(?:消息|通知)?)$/i;

/** A message of a chat. */
export interface ChatMessage {
  /** The account, where the row has one beside the name. */
  readonly account: string | undefined;
  /** The name; undefined where the row states the account alone. */
  readonly name: string | undefined;
  readonly time: string;
  readonly words: string;
  /** Nobody says it. */
  readonly notice: boolean;
}

const nameIn = (row: Fields): string | undefined => {
  const inner = nested.map((name) => row[name]).filter(isFields);
  return inner.map((fields) => firstText(fields, names)).find((name) => name !== undefined);
};

/** Seconds or milliseconds since 1970 as a date and a time; a text as it stands, without parts of seconds. */
function timeOf(row: Fields): string | undefined {
  const value = times.map((name) => row[name]).find((each) => typeof each === 'string' || typeof each === 'number');
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (!Number.isFinite(seconds)) return /\d:\d\d/.test(String(value)) ? String(value).replace(/\.\d+/, '') : undefined;
  const date = new Date(seconds > 1e11 ? seconds : 1000 * seconds);
  return seconds < 1e8 || Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19).replace('T', ' ');
}

/** The message that a row is; undefined for a row of another kind: one of a chat has who, when, what, and a column that only messages have. */
export function chatMessage(row: Fields): ChatMessage | undefined {
  const said = firstText(row, ['text', 'content', 'message', 'body']) ?? contentOf(row);
  const time = timeOf(row);
  if (said === undefined || said.length > longestMessage || time === undefined) return undefined;
  if (row.type !== 'message' && !ofMessages.some((name) => name in row)) return undefined;
  const [inner, plain] = [nameIn(row), firstText(row, plainNames)];
  const account = typeof row.user === 'string' ? row.user : undefined;
  const name = inner ?? (plain === account ? undefined : plain);
  if ((name ?? account) === undefined) return undefined;
  const kind =
    [row.subtype, row.type].find((each): each is string => typeof each === 'string' && each !== 'message') ?? '';
  return {
    account,
    name: name?.replace(/[:：\s]+/g, ' ').trim(),
    time,
    words: said.trim(),
    notice: ofSystem.test(kind) || systemAccount.test(name ?? account ?? ''),
  };
}

/** A line of the text; one of its words that looks like the head of another is joined to the one before. */
export const chatLine = (speaker: string, { time, words: said }: ChatMessage): string =>
  `[${time}] ${speaker}: ${said.replace(/\s*\n(?=[[(（]?[^\n:]{0,24}\d:\d\d)/g, ' ')}`;
