import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { GolongrlError } from '../../errors.ts';
import type { Sample } from '../../samples/sample.ts';
import { taskIds } from '../../tasks/task.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-chinese-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ out: string; err: string; code?: string; message?: string }> {
  let [out, err] = ['', ''];
  const program = createProgram({ out: (text) => (out += text), err: (text) => (err += text), columns: undefined });
  try {
    await program.parseAsync(['node', 'golongrl', 'data', ...args]);
    return { out, err };
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { out, err, code: error.code, message: error.message };
  }
}

/** Chinese prose written for this test over the figures of the packaged country records, a line a paragraph as Chinese books have it. */
function report(part: number): string {
  const people = ['陈建国', '李小梅', '王大山', '赵玉兰', '周文博'];
  const towns = ['青石镇', '白杨村', '河口城', '松林县', '东湖镇', '南桥村', '西山城'];
  const goods = ['茶叶', '木材', '布匹', '粮食', '瓷器', '药材', '煤炭', '棉花', '铁器', '纸张', '水果'];
  const figures = packagedDocuments()
    .flatMap(({ record }) => record?.facts ?? [])
    .filter(({ type }) => type === 'number')
    .map(({ value }) => value);
  return Array.from({ length: 360 }, (_, i) => {
    const k = i * 7 + part * 131;
    const figure = figures[(i * 11 + part * 257) % figures.length] ?? '12';
    return `　　${1900 + ((k * 13) % 97)}年，${people[(k * k + part) % 5]}从${towns[k % 7]}运来${goods[(k + part) % 11]}${figure}担，卖给了${towns[(k * 3 + 1) % 7]}的商人${people[(k + 2) % 5]}。${`${people[i % 5]}点了点头。`.repeat((i * i) % 6)}${i % 3 === 0 ? '路上遇到大雨。' : ''}${`同行的${people[(part + 1) % 5]}也在场。`.repeat(i % 9 === 0 ? (i / 9) % 7 : 0)}`;
  }).join('\n');
}

const docs = path.join(folder, '文档');
mkdirSync(docs);
for (let part = 1; part <= 4; part++) writeFileSync(path.join(docs, `商路记事第${part}卷.txt`), report(part));
const samplesIn = (out: string): Sample[] =>
  ['train', 'heldout'].flatMap((split) =>
    readFileSync(path.join(out, 'native', `${split}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample),
  );

test('Chinese documents give probes of all nine tasks, asked in Chinese; what they cannot serve is said with its reason', {
  tags: ['long'],
}, async () => {
  const out = path.join(folder, 'zh');
  const args = [
    '--docs',
    docs,
    '--licence',
    'CC0-1.0',
    '--preset',
    'balanced',
    '--samples',
    '108',
    '--probes',
    '1',
    '--out',
    out,
  ];
  const built = await run('build', ...args);
  expect(built.code).toBeUndefined();
  const samples = samplesIn(out);
  for (const task of taskIds)
    expect(samples.filter((sample) => sample.task === task).length, task).toBeGreaterThanOrEqual(task === 'T5' ? 3 : 5);
  for (const { reward, question } of samples) {
    expect(reward.language).toBe('zh');
    expect(question).toMatch(/\p{Script=Han}/u);
  }
  const card = readFileSync(path.join(out, 'README.md'), 'utf8');
  expect(card).toContain('language: [zh]');
  expect(card).toContain('needs records (country, year, ...), which are read from English documents');
});

test('a build of dossiers, which asks in English, refuses Chinese documents and names the build that takes them', async () => {
  const { code, message } = await run(
    'build',
    '--docs',
    docs,
    '--short',
    '9',
    '--long',
    '0',
    '--out',
    path.join(folder, 'no'),
  );
  expect([code, message]).toEqual(['no-documents', expect.stringContaining('language Chinese, expected English')]);
});
