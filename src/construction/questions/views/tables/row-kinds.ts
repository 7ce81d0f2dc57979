/** @file What the rows of a table are: what a person calls one of them, and whether they are things at all or spells, sizes and ages. */
import type { QuestionLanguage } from '../../language.ts';
import { countedRows } from './filters.ts';
import { isBalance } from './growths.ts';
import type { ReportColumn, ReportTable } from './report-tables.ts';

/** Headings over names that say nothing of what is named. */
const says = {
  en: /^(?:measure|heading|item|line|name|code|label|number|description|indicator|statement|year|period|month|quarter|date|day|unit|other|detail|element|row|total|note|parameter|metric|section|table|value|variable|factor|key|field|figure)$/i,
  zh: /^(?:项目|指标|名称|类别|分类|种类|编号|序号|代码|科目|内容|年份|时间|月份|季度|日期|期间|单位|备注|说明|其他|类型|项|事项|参数|字段|数据|范围|等级|条目)$/,
} as const;

const plainNoun = { en: /^\p{L}\p{Ll}+(?: \p{Ll}+)?$/u, zh: /^\p{Script=Han}{2,5}$/u } as const;
/** More than one: `Regions`. */
const isPlural = (word: string): boolean => /(?:[^sui]s|ies)$/.test(word);

/** What a person calls a row, by the heading over the names: `roost`, `书店`; undefined where the heading tells nothing. */
export function rowNoun({ columns, names }: ReportTable, language: QuestionLanguage): string | undefined {
  const header = columns[names]?.header.trim() ?? '';
  const word = language === 'en' ? header.toLowerCase() : header.replace(/^分(?=\p{Script=Han}{2})/u, '');
  const fits = plainNoun[language].test(header) && !says[language].test(word);
  return fits && !(language === 'en' && isPlural(word)) ? word : undefined;
}

/** More of a thing: `branch`, `branches`. */
function pluralOf(noun: string): string {
  if (noun === 'person') return 'people';
  if (/(?:man)$/.test(noun)) return noun.replace(/man$/, 'men');
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, 'ies') : `${noun}s`;
}

/** What a person calls the rows of some tables: `branches`, `states`; rows where they are called nothing, or each otherwise. */
export function rowNouns(tables: readonly ReportTable[], language: QuestionLanguage): string {
  const nouns = new Set(tables.map((table) => rowNoun(table, language)));
  const [noun] = nouns;
  if (noun === undefined || nouns.size > 1) return language === 'zh' ? '项目' : 'rows';
  return language === 'zh' ? noun : pluralOf(noun);
}

/** A name that is a spell of time, a size or an age, and no thing: `Weeks 1–2`, `Above 20 m`, `2700 K`, `60岁及以上`. */
const isBand =
  /^(?:below|above|over|under|up to|less than|more than|before|after|week|month|quarter|year|day)s?\b|^[<>≤≥]?\s*\d|(?:以上|以下|以内)$|^第?[一二三四五六七八九十\d]+(?:季度|月|周|年)/i;

/** Whether most rows are spells, sizes or ages: nobody finds one of them by its figures. */
export function areBands(table: ReportTable): boolean {
  const rows = countedRows(table);
  return rows.filter(({ name }) => isBand.test(name.trim())).length > rows.length / 3;
}

/** Whether every row is called by a code: `TH36-0102`. */
export const areCodes = (table: ReportTable): boolean =>
  countedRows(table).every(({ name }) => /^[\p{Lu}\d]+(?:[-./]?[\p{Lu}\d]+)*$/u.test(name) && /\d/.test(name));

const spell =
  /(?:^|[/,，]\s*)(?:Q[1-4]|[1-4]Q|H[12]|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*\.?)|(?:第?[一二三四1-4]|上|下)(?:季度|半年)|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)(?:\b|$)/i;

/** Whether a heading is a month or a quarter alone: nobody finds a row by the figures of one of many. */
export const isSpell = ({ header }: ReportColumn): boolean => spell.test(header.trim());

/** Whether a table sets unlike things below each other, as a balance sheet does: no row of it is the greatest of anything. */
export const isAccount = ({ name, rows }: ReportTable): boolean =>
  /balance sheet|income statement|profit and loss|cash flow|key figures|资产负债|利润表|现金流量|主要(?:资产|负债|指标|数据)/i.test(
    name,
  ) || rows.some((row) => isBalance(row.name));
