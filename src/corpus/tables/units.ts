/** @file Unit and scale of a column, from its heading, the table's caption or the line above: `(in millions)`, `USD m`, `单位：万元`. */

import { openMeasure } from './open-units.ts';

/** What the figures of a column are in. */
export interface Measure {
  readonly unit?: string;
  readonly scale?: number;
}

const scales: Readonly<Record<string, number>> = {
  hundred: 1e2,
  hundreds: 1e2,
  thousand: 1e3,
  thousands: 1e3,
  million: 1e6,
  millions: 1e6,
  billion: 1e9,
  billions: 1e9,
  trillion: 1e12,
  trillions: 1e12,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  mm: 1e6,
  bn: 1e9,
  b: 1e9,
  tn: 1e12,
  "'000": 1e3,
  '000': 1e3,
  '000s': 1e3,
  '1,000': 1e3,
  '1,000,000': 1e6,
  "'000s": 1e3,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  万亿: 1e12,
};
const money: Readonly<Record<string, string>> = {
  $: 'USD',
  us$: 'USD',
  usd: 'USD',
  dollars: 'USD',
  'u.s. dollars': 'USD',
  'us dollars': 'USD',
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  rmb: 'CNY',
  cny: 'CNY',
  yuan: 'CNY',
  人民币: '元',
  元: '元',
  人民币元: '元',
  美元: '美元',
  港元: '港元',
  欧元: '欧元',
  日元: '日元',
  '¥': '¥',
  yen: 'JPY',
  jpy: 'JPY',
  hk$: 'HKD',
  hkd: 'HKD',
  chf: 'CHF',
  inr: 'INR',
};
const other =
  /^(?:%|‰|percent|per cent|percentage|percentage points?|pp|°[CF]|℃|°|(?:sq|cu|square|cubic)\.? (?:km|mi|m|ft|kilometres|kilometers|metres|meters|feet|miles|yards|inches|centimetres|centimeters)|metres|meters|kilometres|kilometers|centimetres|millimetres|grams|kilograms|km[²2]|m[²³23](?:\/(?:s|h|day|ha))?|(?:kg|t|l|g|mg|µg|μg|ml)\/(?:ha|h|s|min|l|m[²³23]|day)|cm[²³23]?|mm|nm|µm|μm|km|mi|miles|m|ft|feet|in|inches|yd|ha|hectares|acres|kg|g|mg|µg|t|tonnes?|metric tons|tons?|kt|mt|lbs?|pounds|oz|l|litres|liters|ml|megalitres|ML|barrels|bbl|bbl\/day|[kmgt]?w|[kmgt]wh|[kmg]?hz|[kmgtp]i?b|bytes|bits|ms|µs|μs|ns|s|sec|secs|seconds?|min|mins|minutes?|h|hr|hrs|hours?|days?|weeks?|months?|years?|yrs?|kpa|mpa|hpa|bar|v|mv|a|ma|k|bps|basis points|km\/h|mph|m\/s|mpg|kj|kcal|cal|mol|fte|full-time equivalents?|people|persons|inhabitants|employees|households|individuals|copies|shares|units|heads?|人|户|年|个月|月|天|小时|分钟|秒|岁|次|倍|个|名|项|件|台|辆|家|套|所|公里|千米|米|厘米|毫米|公斤|千克|克|吨|升|毫升|亩|公顷|平方公里|平方米|立方米|千瓦时|千瓦|度|股|册|篇|公顷|标准箱|人次|架次)$/i;

/** `USD million`, `in millions of dollars`, `thousand tonnes`, `$ m`, `万元`, `km²`, `%`. Undefined for other words. */
export function measureOf(words: string): Measure | undefined {
  const text = words
    .trim()
    .replace(
      /^(?:amounts? |figures |dollars |all figures |expressed |stated |dimensions |lengths |weights |values |prices |areas |volumes |sums |costs )*(?:are )?in /i,
      (lead) => (/dollars/i.test(lead) ? 'dollars ' : ''),
    )
    .replace(/,? (?:except|unless|other than|excluding|excl\.).*$/i, '')
    .replace(/ of /gi, ' ')
    .replace(/^人民币(?=.)/, '')
    .trim();
  if (text === '' || text.length > 40) return undefined;
  const whole = plainMeasure(text);
  if (whole !== undefined) return whole;
  if (/^% \S/.test(text) && /^\s*% of /.test(words)) return { unit: '%' };
  // `crowns per 100 kg`, `million litres per day`.
  const rate = /^(.{1,20}) (per|an?) ((?:\d+ )?[a-z]{1,10})$/i.exec(text);
  if (rate !== null) {
    const { unit = rate[1], scale } = measureOf(rate[1] ?? '') ?? {};
    return { unit: `${unit} ${rate[2]} ${rate[3]}`, ...(scale === undefined ? {} : { scale }) };
  }
  const chinese = /^(千|万|百万|千万|亿|万亿)(\S{1,4})$/.exec(text);
  if (chinese !== null) return both(chinese[1] ?? '', chinese[2] ?? '');
  const [first = '', second = '', ...more] = text.split(/\s+/);
  if (more.length > 0 && scales[first.toLowerCase()] !== undefined) return both(first, [second, ...more].join(' '));
  if (more.length > 0) return undefined;
  const joined = /^(us\$|hk\$|[$€£¥])('?000s?|k|m|mm|mn|bn|b|million|billion|thousand)?$/i.exec(text);
  if (joined !== null) return both(joined[2] ?? '', joined[1] ?? '');
  return both(first, second) ?? both(second, first);
}

function plainMeasure(text: string): Measure | undefined {
  const lower = text.toLowerCase();
  if (money[lower] !== undefined) return { unit: money[lower] };
  // One letter alone may be anything; `m` is metres.
  if (scales[lower] !== undefined && !/^(?:k|m|b|mm)$/.test(lower)) return { scale: scales[lower] };
  return other.test(text) ? { unit: text } : undefined;
}

/** A scale and a unit, both known. */
function both(scaleWord: string, unitWord: string): Measure | undefined {
  const scale = scaleWord === '' ? 1 : scales[scaleWord.toLowerCase()];
  const unit = money[unitWord.toLowerCase()] ?? (other.test(unitWord) ? unitWord : undefined);
  if (scale === undefined || unit === undefined) return undefined;
  return scale === 1 ? { unit } : { unit, scale };
}

const bracketed = /(?<![A-Za-z])[([（【［]([^()[\]（）【】［］]{1,60})[)\]）】］]/g;

/** The measure that a heading states: in brackets, behind a comma, or as all that it says. */
export function headingMeasure(heading: string): Measure | undefined {
  for (const [, words = ''] of [...heading.slice(-400).matchAll(bracketed)].reverse()) {
    const [first = '', ...others] = words.split(/[,，;；]/);
    // `（重述，万元）`: the unit may stand behind what else is said of the column.
    const found = measureOf(words) ?? measureOf(first) ?? measureOf(others.at(-1) ?? '');
    if (found !== undefined) return found;
  }
  const open = openInHeading(heading);
  if (open !== undefined) return open;
  const last = heading.split(' / ').at(-1) ?? heading;
  const behind =
    /[,，:：;]\s*(?:in )?([^,，:：]{1,30})$/.exec(last)?.[1] ??
    /\s([$€£¥](?:'?000s?|k|m|bn)?)$/.exec(last)?.[1] ??
    /^[a-z]+(?:_[a-z]+)*_(mm|cm|km|kg|ha|km2|m2|m3|kwh|mwh|usd|eur|gbp|percent|m)$/.exec(last)?.[1] ??
    /\bin ((?:millions|thousands|billions)\b.{0,30})$/i.exec(last)?.[1];
  const found = behind === undefined ? undefined : measureOf(behind);
  if (found !== undefined) return found;
  const trimmed = last.trim();
  // A heading that is nothing but a unit: `%`, `km²`, `USD m`.
  const alone =
    /^(?:%|‰|[$€£¥]|\S*[²³]|km|kg|USD|EUR|GBP|RMB|\S+ (?:million|billion|thousand|m|bn)|weeks|days|hours|minutes|seconds|months|tonnes|litres)$/i.test(
      trimmed,
    )
      ? measureOf(trimmed)
      : undefined;
  if (alone !== undefined) return alone;
  // `Riders a day`, over `Before` and `After`.
  const rate = heading
    .split(' / ')
    .map(
      (part) =>
        /^(\p{Lu}?\p{Ll}{2,20}s (?:an?|per) (?:day|week|month|year|hour|minute|second))$/u.exec(part.trim())?.[1],
    )
    .findLast((part) => part !== undefined);
  if (rate !== undefined) return { unit: rate.toLowerCase() };
  const lasting = /^(Days|Weeks|Hours|Minutes|Months) (?:off|of|lost|worked|open|closed|without|since|until)\b/.exec(
    trimmed,
  )?.[1];
  if (lasting !== undefined) return { unit: lasting.toLowerCase() };
  return /%$/.test(trimmed) ? { unit: '%' } : undefined;
}

/** The unit in brackets behind a part of a heading, though no list has it: `(kN)`, `(s/day)`, `(crowns)`. */
function openInHeading(heading: string): Measure | undefined {
  for (const part of heading.slice(-400).split(' / ').reverse()) {
    const words = /[([（［]([^()[\]（）［］]{1,30})[)\]）］]$/.exec(part.trim())?.[1];
    const found = words === undefined || words.length === part.trim().length - 2 ? undefined : openMeasure(words);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a caption or a line above says of the whole table: `(in thousands)`, `单位：万元`, `Amounts in USD million`. */
export function tableMeasure(words: string): Measure | undefined {
  const text = words.slice(0, 2000);
  const chinese = /单位[:：]?\s*([^\s()（），,;；。]{1,12})/.exec(text)?.[1];
  const english = /\bunits?: ?([^()[\];.]{1,30})$/i.exec(text)?.[1];
  for (const found of [chinese, english]) {
    const measure = found === undefined ? undefined : (measureOf(found) ?? openMeasure(found));
    if (measure !== undefined) return measure;
  }
  for (const [, inside = ''] of text.matchAll(bracketed)) {
    const measure = measureOf(inside.split(/[,，;；]/)[0] ?? '') ?? measureOf(inside);
    if (measure !== undefined) return measure;
  }
  const said = statedMeasure(text);
  if (said !== undefined) return said;
  const loose =
    /(?:^|[\s,–—-])in ((?:(?:USD|US\$|EUR|GBP|RMB|\$|€|£) ?)?(?:thousands|millions|billions|thousand|million|billion)(?: of [\w. ]{1,20})?)(?=$|[\s,.;:)])/i.exec(
      text,
    )?.[1];
  // `Repair costs by van, in pounds`.
  const last = /,\s+in ([\p{L}$€£][\p{L} ]{1,24})[.:]?$/u.exec(text.trim())?.[1];
  const named = loose ?? last;
  return (named === undefined ? undefined : measureOf(named)) ?? openInCaption(text);
}

/** `Values in mm; blank = no reading`: what all figures are in. */
const stated =
  /(?:^|[.;；(] ?)(?:all )?(?:amounts|values|figures|volumes|quantities|prices|numbers|sums|costs|data)(?: are| is| given| shown| stated| expressed)* in ([^;；.,()]{1,40})/i;

function statedMeasure(text: string): Measure | undefined {
  const found = stated.exec(text)?.[1];
  return found === undefined ? undefined : (measureOf(found) ?? openMeasure(found));
}

/** At the end of a caption, where a bracket may say anything, only what has the form of a unit: `(W/mK)`, `(individuals)`, `, экз.` */
function openInCaption(text: string): Measure | undefined {
  const inside = /[([（［]([^()[\]（）［］]{1,30})[)\]）］][:：.]?$/.exec(text.trim())?.[1];
  const behind = /, ((?:тыс\.|млн|млрд)? ?\p{Script=Cyrillic}{1,6}\.?(?:\/\p{Script=Cyrillic}+)?)$/u.exec(
    text.trim(),
  )?.[1];
  const scaled = /, ((?:thousand|million|billion) \p{Ll}{3,}(?: \p{Ll}{3,})?)$/u.exec(text.trim())?.[1];
  if (scaled !== undefined) return openMeasure(scaled);
  const share = inside !== undefined && /^per ?cent of \p{Ll}{3,}(?: \p{Ll}+)?$/u.test(inside);
  if (share) return { unit: inside };
  const words = inside ?? behind;
  if (words === undefined) return undefined;
  const formed =
    /^\S+\/\S+(?: \S{1,4}){0,2}$|^\p{Ll}{3,}s$| per |^miles de |^\P{ASCII}+(?: \P{ASCII}+)?$/u.test(words) ||
    behind !== undefined;
  return formed ? openMeasure(words) : undefined;
}

/** Units of single columns in one line: `Level in metres; storage in million m3`, `（静载荷kN，高度mm，年限：年）`. */
export function partMeasures(words: string): { readonly name: string; readonly measure: Measure }[] {
  const inside = /[（(]([^()（）]{3,100})[)）]$/.exec(words.trim())?.[1];
  const parts = (inside ?? words).slice(0, 400).split(/[;；,，]/);
  return parts.flatMap((part) => {
    const [, name, unit] =
      /^\s*([\p{L} ]{2,30}?)(?: in |[:：] ?)(\S.{0,30})$/u.exec(part) ??
      /^\s*(\p{Script=Han}{1,10})([A-Za-zµμ°℃%/²³]{1,8})$/u.exec(part) ??
      [];
    const measure = unit === undefined ? undefined : (measureOf(unit) ?? openMeasure(unit));
    return name === undefined || measure === undefined ? [] : [{ name: name.trim().toLowerCase(), measure }];
  });
}
