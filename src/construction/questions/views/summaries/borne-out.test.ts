import { expect, test } from 'vitest';
import { borneOut, leans, withoutNotes } from './borne-out.ts';

const shown =
  'The mole was finished on 6 June 2024. Six lamps were lost in December 2024. Three departments overspent: they had 6,800 in all. Waiting: 537.';
const borne = (sentence: string): boolean => borneOut(shown, new Set(['6.8'])).by(sentence);

test('days, figures by value and counts in words have to stand in the text', () => {
  expect(borne('It was finished on June 6, 2024, for 6800 or 6.80 million.')).toBe(true);
  // 6 and December stand there, and not as a day.
  expect(borne('It was finished on 6 December 2024.')).toBe(false);
  expect(borne('The list grew to 655.')).toBe(false);
  expect(borne('Three departments overspent.')).toBe(true);
  expect(borne('Three large departments overspent.')).toBe(true);
  expect(borne('Five departments overspent.')).toBe(false);
  expect(borne('Overtime rose in every department.')).toBe(false);
  expect(borne('All but one were paid more.')).toBe(false);
  expect(borne('It was the best year in its history.')).toBe(false);
});

test('sentences that lean on others are known, and marks of footnotes are no words', () => {
  expect(leans('Where the two differ the exhibits govern.')).toBe(true);
  expect(leans('No freight of this kind was found.')).toBe(true);
  expect(leans('Revenue grew by 4 per cent.')).toBe(false);
  expect(withoutNotes('地区生产总值[2]242.8亿元')).toBe('地区生产总值242.8亿元');
  expect(withoutNotes('It rose [3] by 10 m.')).toBe('It rose by 10 m.');
});

test.each([
  ['The count ran from May to July 2020.', 'It ran in May 2020 and again in July 2020.', true],
  ['The count ran from May to July 2020.', 'It ran in May 2019 and again in July 2020.', false],
  ['It ran between September 2018 and July 2019.', 'In 2018 and 2019 it ran from September to July.', false],
  ['It ran from 3 to 15 May.', 'It began on 3 May. The last day was 15 May.', true],
  ['It ran from 3 to 15 May.', 'It began on 3 May, and 15 came.', false],
  ['It closed in the third quarter.', 'It closed in September.', false],
  ['The boats came back in October.', 'The boats came back in autumn.', false],
  ['The boats came back in October.', 'On 4 October 1931 they were back.', true],
  ['计数于2018年9月至2019年7月进行。', '计数于2018年9月开始，到2019年7月结束。', true],
  ['计数于2018年9月至2019年7月进行。', '2018年有9处、2019年有7处参加计数。', false],
  ['计数于2018年9月至11月进行。', '计数于2018年9月3日开始，2018年11月结束。', true],
  ['计数于2018年9月至11月进行。', '计数于2018年9月3日开始，次年11月结束。', false],
  ['计数于二〇一八年九月进行。', '计数的时间是2018年9月。', true],
  ['观察从5月3日至15日。', '5月3日开始观察，共15日。', false],
  ['观察从5月3日至15日。', '5月3日开始观察，5月15日停止。', true],
  ['观察在3至5月进行。', '3月开始观察，5月停止。', true],
  ['下半年停止观察。', '九月以后不再观察。', false],
])('the dates and ranges of “%s” against “%s”', (sentence, text, isBorne) => {
  expect(borneOut(text, new Set()).by(sentence)).toBe(isBorne);
});
