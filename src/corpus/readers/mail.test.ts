import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { findTurns } from '../conversation/turns.ts';
import { readSource } from './read-file.ts';

async function textOf(mail: string): Promise<string> {
  const bytes = Readable.from([Buffer.from(mail)]);
  for await (const item of readSource({ id: 'a.eml', format: 'eml', bytes, file: undefined }, {}))
    if (item.type === 'document') return item.text;
  return '';
}

const base64 = (words: string): string => Buffer.from(words).toString('base64');

test('a mail is decoded: words of its header, its body, and of two bodies the plain one', async () => {
  const subject = `=?utf-8?b?${base64('修船')}?=`;
  expect(
    await textOf(
      `From: =?utf-8?q?Ren=C3=A9?= <rene@x.example>\r\nSubject: ${subject}\r\nX-Mailer: quill\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64('船修好了。\n明天下水。')}\r\n`,
    ),
  ).toBe('From: René <rene@x.example>\nSubject: 修船\n\n船修好了。\n明天下水。');
  expect(
    await textOf(
      'From: ann@x.example\nSubject: two\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe plain words.\n--b\nContent-Type: text/html\n\n<p>The <b>other</b> words.</p>\n--b--\n',
    ),
  ).toBe('From: ann@x.example\nSubject: two\n\nThe plain words.');
});

test('the messages of a mailbox are turns of their writers, and quoted lines are nobody’s', async () => {
  const message = (from: string, subject: string, body: string): string =>
    `From MAILER-DAEMON Tue Dec  1 06:37:03 2026\nFrom: ${from}\nSubject: ${subject}\nDate: Sat, 11 May 2024 08:12:05 +0100\nContent-Type: text/plain\n\n${body}\n`;
  const text = await textOf(
    [
      message('Ann Lowe <ann@x.example>', 'The boat', 'Is the boat dry?'),
      message(
        'Bo Tan <bo@x.example>',
        'Re: The boat',
        '> Is the boat dry?\n\nNot since June.\n\n>From the quay it looked so.',
      ),
    ].join('\n'),
  );
  expect(findTurns(text).map(({ speaker, bodyStart, span }) => [speaker, text.slice(bodyStart, span.end)])).toEqual([
    ['Ann Lowe', 'Is the boat dry?'],
    ['Bo Tan', 'Not since June.\n\nFrom the quay it looked so.'],
  ]);
});

test('a file of another kind under the name of a mail is text', async () => {
  expect(await textOf('Dear all,\nthe boat is dry.')).toBe('Dear all,\nthe boat is dry.');
});
