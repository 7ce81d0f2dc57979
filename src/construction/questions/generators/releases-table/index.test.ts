import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releasesTable } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelog, 2);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Tabulate the releases of “Sundial changelog” between 2023-09-09 and 2024-01-20 inclusive: “version”, “date” and “Added”, the last being the count of items under “Added”.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["version","date","Added"],"data":[["1.2.0","2023-09-09","1"],["1.3.0","2023-12-05","1"],["1.3.1","2024-01-20","0"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('1.3.1', '1.3.9')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelogZh, 2);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请统计“日晷更新记录”在2023-09-09至2024-01-20期间的各版本：“版本”、“日期”和“新增”，末列为“新增”项下的条目数。',
  );
  expect(asked.gold).toEqual([
    '{"columns":["版本","日期","新增"],"data":[["1.2.0","2023-09-09","1"],["1.3.0","2023-12-05","1"],["1.3.1","2024-01-20","0"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releasesTable, contract)).toBe('too few dated releases');
});
