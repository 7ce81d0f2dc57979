import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { definitionsTable } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(definitionsTable, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Draw up a schedule of defined terms in “Clock agreement” for “Night Hours”, “Call Charge”, “Service Credit” and “Repair Time”: “term”; “first”, the first of the Articles outside its definition in which it occurs; and “count”, the number of such Articles.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["term","first","count"],"data":[["Night Hours","Article 3","2"],["Call Charge","Article 5","1"],["Service Credit","Article 5","2"],["Repair Time","Article 4","2"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Repair Time', 'Mending Time')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(definitionsTable, changelog)).toBe('too few numbered provisions');
});

test('a term that the definition of another uses, or nearly every provision, is not asked about', () => {
  const termsIn = (text: string): string => {
    const asked = askedOf(definitionsTable, text, 1);
    return typeof asked === 'string' ? asked : asked.question;
  };
  expect(termsIn(contract)).toContain('Night Hours');
  const leaning = contract.replace('outside of the plan.', 'outside of the plan and of Night Hours.');
  expect(termsIn(leaning)).not.toContain('Night Hours');
  const common = contract.replace(/^(\d\.1) /gm, (head) =>
    head === '1.1 ' ? head : `${head}In Night Hours as by day: `,
  );
  expect(termsIn(common)).not.toContain('Night Hours');
});

test('articles whose blank was lost in print are read, and what is appointed is not defined', () => {
  const terms = ['运营单位', '自制供餐点', '配送供餐点', '重大事故'];
  const used = [[2, 3, 5, 6], [3], [4, 5], [6, 7, 8]];
  const articles = Array.from({ length: 9 }, (_, i) => {
    const said = terms.filter((_, k) => used[k]?.includes(i)).map((term) => `${term}指定专人值守`);
    const blank = i % 2 === 0 ? ' ' : '';
    return `第${'一二三四五六七八九'[i]}条${blank}${i === 1 ? `本条例下列用语的含义：\n\n${terms.map((term, k) => `（${'一二三四'[k]}）${term}，是指经备案的第${k}类场所；`).join('\n')}` : `市民政部门每年检查一次。${said.join('，')}。`}`;
  });
  const asked = askedOf(definitionsTable, articles.join('\n\n'), 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.gold[0]).toContain('"运营单位","第三条","4"');
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});
