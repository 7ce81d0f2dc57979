import { expect, test } from 'vitest';
import { findTurns } from './turns.ts';

const said = (text: string): string[] =>
  findTurns(text).map(
    ({ speaker, time, bodyStart, span }) =>
      `${speaker}${time === undefined ? '' : ` ${time}`}: ${text.slice(bodyStart, span.end).trim()}`,
  );

const talk = [
  ['Anna', 'Are you coming tonight?'],
  ['Bob', 'I have to work until nine.'],
  ['Anna', 'Then come after that.'],
  ['Bob', 'All right, I will.'],
] as const;
const laidOut = (line: (speaker: string, words: string) => string, between = '\n'): string =>
  talk.map(([speaker, words]) => line(speaker, words)).join(between);

test.each([
  ['labels', laidOut((name, words) => `${name}: ${words}`)],
  ['bold labels', laidOut((name, words) => `**${name}:** ${words}`, '\n\n')],
  ['bold names', laidOut((name, words) => `**${name}**: ${words}`, '\n\n')],
  ['a list', laidOut((name, words) => `- ${name}: ${words}`)],
  ['names above speeches', laidOut((name, words) => `${name.toUpperCase()}.\n${words}`, '\n\n')],
  ['lower case', laidOut((name, words) => `${name.toLowerCase()}: ${words}`)],
  ['a chat', laidOut((name, words) => `<${name.toLowerCase()}> ${words}`)],
])('the speakers and their words are found in %s', (_, text) => {
  expect(said(text).map((turn) => turn.toLowerCase())).toEqual(
    talk.map(([name, words]) => `${name}: ${words}`.toLowerCase()),
  );
});

test.each([
  ['Anna (12:03:44): hi there\nBob (12:03:50): ok', ['Anna 12:03:44: hi there', 'Bob 12:03:50: ok']],
  [
    '张三（10:02）：你好\n李四（10:03）：好\n张三（10:05）：再见',
    ['张三 10:02: 你好', '李四 10:03: 好', '张三 10:05: 再见'],
  ],
  ['2024-05-01 12:03 Anna: hi\n2024-05-01 12:04 Bob: yo', ['Anna 2024-05-01 12:03: hi', 'Bob 2024-05-01 12:04: yo']],
  ['[12:03] anna: hi\n[12:04] bob: yo', ['anna 12:03: hi', 'bob 12:04: yo']],
  ['Anna 12:03\nhello there\nBob 12:04\nyes', ['Anna 12:03: hello there', 'Bob 12:04: yes']],
  ['00:01:02 Speaker 1: hello\n00:01:05 Speaker 2: hi', ['Speaker 1 00:01:02: hello', 'Speaker 2 00:01:05: hi']],
  [
    'WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAnna: hi\nthere\n\n2\n00:00:05.000 --> 00:00:06.000\nBob: yo\n',
    ['Anna 00:00:01.000: hi\nthere', 'Bob 00:00:05.000: yo'],
  ],
])('times travel with the turns of %j', (text, turns) => {
  expect(said(text)).toEqual(turns);
});

const repeated = (lines: readonly string[], times: number): string =>
  Array.from({ length: times }, () => lines.join('\n')).join('\n\n');

test.each([
  ['notes', repeated(['Note: You must save the file first.', 'Warning: All of the data will be lost.'], 4)],
  ['a form', repeated(['Name: Xaver Huber', 'Age: 34'], 5)],
  [
    'a form of unknown fields',
    repeated(['Hull: made of oak by hand', 'Mast: pine of the north', 'Sail: two of white linen'], 5),
  ],
  ['short values', repeated(['Shape: round', 'Colour: blue'], 5)],
  ['figures', repeated(['Vienna: 1,897,000', 'Graz: 291,000'], 4)],
  ['a log', '12:03 INFO: the server has started\n12:04 ERROR: the disk is full\n12:05 INFO: the server has ended'],
  [
    'a manual',
    repeated(
      [
        'Function: gives the length of the list that the function was called with.',
        'Complexity: the function has linear complexity; the function and its complexity are measured.',
        'Function: gives the list back.',
      ],
      4,
    ),
  ],
  ['YAML', repeated(['host: the first of the two', 'port: eighty', 'path: /'], 4)],
  ['code', repeated(['case 1:', '  return', 'else:', '  pass'], 4)],
  ['HTML', repeated(['<p> Some words of a page', '</p>', '<b> Some more words of it', '</b>'], 4)],
  [
    'sections of man pages',
    repeated(['DESCRIPTION', 'It lists the files of a folder.', 'OPTIONS', 'It has many of these.'], 4),
  ],
])('%s are no dialogue', (_, text) => {
  expect(said(text)).toEqual([]);
});
