/**
 * @file Mails: `.eml` files and mailboxes. Each message is its `From`, `To`, `Cc`, `Date` and `Subject`, a blank line and its words, decoded
 * (RFC 2045, RFC 2047); attachments are counted and not read. A mailbox is one document, its messages in their order.
 */
import type { Email } from 'postal-mime';
import { collectBytes, decodeUtf8, withoutZeros } from '../../records/bytes.ts';
import { utf8Bytes } from '../../records/encoding.ts';
import { optionalPackage } from '../../records/optional-package.ts';
import { QuarantineError } from '../../records/reader.ts';
import { htmlText } from './html-text.ts';
import type { Reader } from './reader.ts';

const shown: readonly string[] = ['from', 'to', 'cc', 'date', 'subject'];
/** The line that a mailbox puts before each message. */
const postmark = /^From \S+ .*\d{4}\r?\n(?=[\w-]+:)/gm;
/** Mailboxes write `>From` for a line of a message that begins so. */
const quotedPostmark = /^>(>*From )/gm;
const beginsAsMail = /^(?:From \S+ .*\d{4}\r?\n)?(?:[A-Za-z][\w-]*:.*\r?\n(?:[ \t].*\r?\n)*){2}/;
/** Messages within messages; more is no mail that somebody wrote. */
const deepest = 32;

/** Messages of a mailbox as bytes in Latin-1, which keeps each of them. */
function messagesOf(raw: string): string[] {
  const starts = [...raw.matchAll(postmark)];
  if (starts.length === 0) return [raw];
  return starts.map((match, i) =>
    raw.slice(match.index + match[0].length, starts[i + 1]?.index ?? raw.length).replace(quotedPostmark, '$1'),
  );
}

async function wordsOf({ text, html }: Email): Promise<string> {
  const plain = text?.replace(/\r\n?/g, '\n').trim() ?? '';
  if (plain !== '' || html === undefined) return plain;
  return (await htmlText(html, false)).text;
}

/** The header as a reader of mail shows it: decoded, each field on one line. */
async function messageText(mail: Email, decode: (words: string) => string): Promise<string> {
  const fields = mail.headers
    .filter(({ key }) => shown.includes(key))
    .sort((a, b) => shown.indexOf(a.key) - shown.indexOf(b.key))
    .map(({ key, value }) => `${key[0]?.toUpperCase()}${key.slice(1)}: ${decode(value).replace(/\s+/g, ' ').trim()}`);
  return `${fields.join('\n')}\n\n${await wordsOf(mail)}`;
}

/** One file is one document. @throws QuarantineError for a message that cannot be taken apart. */
export const readMail: Reader = async function* ({ id, bytes, limits, encoding }) {
  const all = withoutZeros(await collectBytes(bytes, limits));
  const raw = Buffer.from(all).toString('latin1');
  if (!beginsAsMail.test(raw)) {
    const text = decodeUtf8(await collectBytes(utf8Bytes(once(all), encoding), limits));
    yield { type: 'document', id, text, metadata: {} };
    return;
  }
  const { default: PostalMime, decodeWords } = await optionalPackage('postal-mime', () => import('postal-mime'));
  const texts: string[] = [];
  let attachments = 0;
  for (const message of messagesOf(raw)) {
    const mail = await PostalMime.parse(Buffer.from(message, 'latin1'), { maxNestingDepth: deepest }).catch(
      (cause: unknown) => {
        const reason = `a message cannot be taken apart: ${cause instanceof Error ? cause.message : String(cause)}`;
        throw new QuarantineError('corrupt', reason, { cause });
      },
    );
    attachments += mail.attachments.length;
    texts.push(await messageText(mail, decodeWords));
  }
  const metadata: Record<string, number> = attachments === 0 ? {} : { attachments };
  yield { type: 'document', id, text: texts.join('\n\n'), metadata };
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
