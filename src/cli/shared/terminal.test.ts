import { expect, test } from 'vitest';
import { guardedTerminal } from './terminal.ts';

function written(columns: number | undefined) {
  const said = { out: '', err: '' };
  const terminal = guardedTerminal({
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    columns,
  });
  return { terminal, said };
}

const hostile = 'a\u001b]0;title\u0007\u001b[2J\u009b31m\u202eb\r\nc\td';

test('words from outside move no cursor and set no title, on either stream', () => {
  for (const columns of [undefined, 80]) {
    const { terminal, said } = written(columns);
    terminal.out(`${hostile}\n`);
    terminal.err(`${hostile}\n`);
    for (const text of [said.out, said.err]) {
      expect(text).toBe('a\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202eb\\u000d\nc\td\n');
    }
  }
});

test('what JSON says stays what it says', () => {
  const { terminal, said } = written(undefined);
  terminal.out(`${JSON.stringify({ text: hostile })}\n`);
  expect(JSON.parse(said.out)).toEqual({ text: hostile });
});

test('a line that is drawn anew and colours of our own stay on a terminal, and nowhere else', () => {
  const line = '\r\u001b[K\u001b[32m✓\u001b[39m Train';
  const { terminal, said } = written(80);
  terminal.err(line);
  expect(said.err).toBe(line);
  const file = written(undefined);
  file.terminal.err(line);
  expect(file.said.err).not.toContain('\u001b');
});
