import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releasesTable } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelog, 13);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Read “Sundial changelog” and fill in “version”, “date” and “Fixed” (how many “Fixed” items there are) for each release from version 1.3.0 to version 1.4.0, in order of date.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["version","date","Fixed"],"data":[["1.3.0","2023-12-05","0"],["1.3.1","2024-01-20","2"],["1.4.0","2024-03-02","1"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('1.3.1', '1.3.9')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelogZh, 13);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请阅读《日晷更新记录》，为按日期从版本1.3.0至版本1.4.0的每一版填写“版本”、“日期”和“修复”（“修复”类条目的数目）。',
  );
  expect(asked.gold).toEqual([
    '{"columns":["版本","日期","修复"],"data":[["1.3.0","2023-12-05","0"],["1.3.1","2024-01-20","2"],["1.4.0","2024-03-02","1"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releasesTable, contract)).toBe('too few releases');
});

test('a range within which numbers and days have another order is not asked about', () => {
  // A fix of an older line comes out after the newer one.
  const mixed = changelog.replaceAll('1.3.1', '0.9.9');
  for (let seed = 1; seed < 20; seed++) {
    const asked = askedOf(releasesTable, mixed, seed);
    if (typeof asked === 'string') continue;
    expect(asked.gold[0]).not.toContain('0.9.9');
    expect(asked.question).not.toMatch(/from version (?:0|1\.[0-3])\S* (?:up )?to version 1\.4/);
  }
});

test('headings underlined with signs, days without marks and single items under a label are read', () => {
  const parts = [
    ['1.4', '20240611', ['Fix the lamp in cold weather.', 'Fix the second dial of the case.'], ['Add a spring lock.']],
    ['1.3', '20240302', ['Fix the hand that stood still.'], ['Add a glass of 3 mm.', 'Add a chime.']],
    ['1.2', '20231120', ['Fix the chime of midnight.', 'Fix the moon.', 'Fix the stars.'], ['Add a moon.']],
    ['1.1', '20230714', ['Fix the spring that broke.'], ['Add the stars.', 'Add a second hand.', 'Add a box.']],
    ['1.0', '20230105', ['Fix the first faults.', 'Fix the case.'], ['Add the case.']],
  ] as const;
  const text = parts
    .map(([version, day, broken, made]) => {
      const head = `${version} - ${day}`;
      const items = (list: readonly string[]): string => list.map((item) => `- ${item}`).join('\n');
      return `${head}\n${'='.repeat(head.length)}\n\nBroker:\n${items(broken)}\n\nClients:\n${items(made)}\n`;
    })
    .join('\n\n');
  const asked = askedOf(releasesTable, text, 2);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toMatch(/“(?:Broker|Clients)”/);
  expect(asked.gold[0]).toContain('"2023-11-20"');
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});
