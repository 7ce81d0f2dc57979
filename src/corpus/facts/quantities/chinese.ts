/** @file Chinese numerals before units, and numbers before units that are no quantities: years of a reign, one hour of many. */
import { chineseNumber, hasHan } from '../chinese.ts';
import type { Found } from './found.ts';

/** Numerals before a unit of measure; `chineseNumbers` reads those of several characters. `三日` behind a month is a date. */
const inHan =
  /(?<![第前数几零〇一二两三四五六七八九十百千万亿\d月点]|[\p{Script=Han}]第)([二两三四五六七八九十]{1,3}|[一二两三四五六七八九]百|[一二两三四五六七八九]千)[多余]?(年(?![代级初底末前])|[个個]月|天|日(?!报)|[个個]?(?:小[时時]|[钟鐘][头頭])|分[钟鐘]|周?岁|平方米|尺|呎|丈|公克|[个個]?工作日|公里|海里|里(?=[，。；、的长外远路地])|斤|米|块钱|元|分贝|亩|吨|摄氏度|厘米|毫米|公斤)/gu;

/** Those of one numeral or a few, which `chineseNumbers` leaves. */
export function inHanOf(text: string): Found[] {
  if (!hasHan(text)) return [];
  return [...text.matchAll(inHan)].map((match) => {
    const end = match.index + match[0].length;
    return {
      number: { value: chineseNumber(match[1] ?? '') ?? Number.NaN, span: { start: match.index, end } },
      unit: (match[2] ?? '').replace(/^[个個](?![月])/, ''),
      scale: 1,
      end,
    };
  });
}

/** Years of a reign are dates: `民国十七年`, `淳祐三年（1243年）`. */
const reign =
  /(?:民国|民國|宣统|宣統|光绪|光緒|同治|咸丰|咸豐|道光|嘉庆|嘉慶|乾隆|雍正|康熙|顺治|順治|崇祯|崇禎|天启|天啟|万历|萬曆|隆庆|隆慶|嘉靖|正德|弘治|成化|天顺|天順|景泰|正统|正統|宣德|洪熙|永乐|永樂|建文|洪武|至正|淳祐|淳熙|绍兴|紹興|元丰|元豐|熙宁|熙寧|庆历|慶曆|贞观|貞觀|开元|開元|天宝|天寶|明治|大正|昭和|平成|令和)$/u;
const inBrackets = /^\p{Script=Han}{1,4}年[（(](?:公元)?前?\d{2,4}/u;

const isReign = (text: string, start: number, unit: string): boolean =>
  unit === '年' &&
  /\p{Script=Han}/u.test(text[start] ?? '') &&
  (reign.test(text.slice(Math.max(0, start - 2), start)) || inBrackets.test(text.slice(start, start + 12)));

/** So is `第9小时`: one of them, and no length. */
export const isNoLength = (text: string, start: number, unit: string): boolean =>
  (/^(?:小时|天|年|分钟|秒)$/.test(unit) && text[start - 1] === '第') || isReign(text, start, unit);
