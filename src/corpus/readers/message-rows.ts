/**
 * @file Rows that hold a conversation, as collections for language models do: a list of messages, each with who says it and what. The text
 * is in Markdown, `**user:** words`, one turn after the other.
 */

/** Columns of the list; of a message, who says it and what is said. In order of preference. */
const columns = ['messages', 'conversations', 'conversation', 'dialogue', 'dialog', 'turns'] as const;
const speakers = ['name', 'speaker', 'from', 'role', 'author', 'sender', 'user'] as const;
const words = ['content', 'value', 'text', 'message', 'utterance', 'words'] as const;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstText = (of: Fields, names: readonly string[]): string | undefined =>
  names.map((name) => of[name]).find((value): value is string => typeof value === 'string' && value.trim() !== '');

/** `[{ type: 'text', text }]` beside plain strings. */
function contentOf(message: Fields): string | undefined {
  const plain = firstText(message, words);
  const parts = words.map((name) => message[name]).find((value) => Array.isArray(value));
  if (plain !== undefined || !Array.isArray(parts)) return plain;
  const texts = parts.flatMap((part: unknown) => (isFields(part) && typeof part.text === 'string' ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('\n');
}

/** A line that looks like the head of a turn joins the line before: it is said by whoever speaks. */
const joined = (said: string): string => said.trim().replace(/\s*\n\s*(?=\*{2}[^*\n]{1,60}(?::\*{2}|\*{2}:))/g, ' ');

function turnText(message: unknown): string | undefined {
  if (!isFields(message)) return undefined;
  const speaker = firstText(message, speakers)
    ?.replace(/[*:：\s]+/g, ' ')
    .trim();
  const said = contentOf(message);
  return speaker === undefined || speaker === '' || said === undefined ? undefined : `**${speaker}:** ${joined(said)}`;
}

/** The conversation of a row; undefined where it holds none. */
export function messageText(row: Fields): { readonly column: string; readonly text: string } | undefined {
  for (const column of columns) {
    const list = row[column];
    if (!Array.isArray(list)) continue;
    const turns = list.map((message: unknown) => turnText(message)).filter((turn) => turn !== undefined);
    if (turns.length > 0) return { column, text: turns.join('\n\n') };
  }
  return undefined;
}
