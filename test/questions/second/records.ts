/** @file Second implementations for documents of `Field: value` lines. */
import { asked as bridge } from '../../../src/construction/questions/generators/records-bridge/wordings.ts';
import { claims } from '../../../src/construction/questions/generators/records-claims/wordings.ts';
import { asked as order } from '../../../src/construction/questions/generators/records-order/wordings.ts';
import { asked as rank } from '../../../src/construction/questions/generators/records-rank/wordings.ts';
import { asked as sum } from '../../../src/construction/questions/generators/records-sum/wordings.ts';
import { asked as table } from '../../../src/construction/questions/generators/records-table/wordings.ts';
import { asked as where } from '../../../src/construction/questions/generators/records-where/wordings.ts';
import { datesIn, dayOf } from './dates.ts';
import { type Asked, documentsOf, itemsOf, only, onlyOption, optionsOf, type Second } from './prompt.ts';

interface Entry {
  readonly title: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** `Telephones - fixed lines` and `Telephones (fixed lines)` are one name. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}+%]/gu, '');

function entriesOf(asked: Asked): Entry[] {
  return documentsOf(asked).map(({ title, lines }) => {
    const fields = new Map<string, string>();
    for (const line of lines) {
      const [, name, value] = /^([^:：]{1,120})(?:: |：)(.+)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined && !fields.has(keyOf(name))) fields.set(keyOf(name), value.trim());
    }
    return { title, fields };
  });
}

const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  万: 1e4,
  亿: 1e8,
};

/** The figure that a value begins with, in ones. */
function figure(value: string | undefined): number | undefined {
  const found = /^\D{0,3}?(-?\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|trillion|万|亿)?/.exec(value ?? '');
  if (found === null) return undefined;
  return Number((found[1] ?? '').replaceAll(',', '')) * (scales[found[2] ?? ''] ?? 1);
}

const valueIn = ({ fields }: Entry, name: string): string | undefined => fields.get(keyOf(name));
const figureIn = (entry: Entry, name: string): number | undefined => figure(valueIn(entry, name));

const recordsBridge: Second = (asked) => {
  const { known = '', clue = '', wanted = '' } = bridge.read(asked.question) ?? {};
  const entry = only(entriesOf(asked).filter((one) => valueIn(one, known) === clue));
  const value = entry && valueIn(entry, wanted);
  return value === undefined ? undefined : [value];
};

/** The titles of those above, or below, a bound. */
function meeting(entries: readonly Entry[], condition: string): Set<string> {
  const english = /^a figure (above|below) (.+) for “(.+)”$/.exec(condition);
  if (english !== null) return within(entries, english[3] ?? '', english[1] === 'below' ? -1 : 1, english[2]);
  const [, field = '', word, bound] = /^“(.+)” ?(above|高于|低于) ?(.+)$/.exec(condition) ?? [];
  const sign = word === '低于' ? -1 : 1;
  return within(entries, field, sign, bound);
}

function within(entries: readonly Entry[], field: string, sign: number, bound: string | undefined): Set<string> {
  const limit = figure(bound);
  return new Set(
    entries.flatMap((entry) => {
      const value = figureIn(entry, field);
      return value !== undefined && limit !== undefined && sign * (value - limit) > 0 ? [entry.title] : [];
    }),
  );
}

const recordsWhere: Second = (asked) => {
  const { one = '', two = '' } = where.read(asked.question) ?? {};
  const entries = entriesOf(asked);
  const second = meeting(entries, two);
  return [...meeting(entries, one)].filter((title) => second.has(title));
};

const above = (entries: readonly Entry[], by = '', bound = ''): Entry[] => {
  const titles = meeting(entries, `“${by}” above ${bound}`);
  return entries.filter(({ title }) => titles.has(title));
};

const recordsSum: Second = (asked) => {
  const { by, bound, of: told = '', operation = '' } = sum.read(asked.question) ?? {};
  const of = told.replace(/^“([^”]+)”.*$/, '$1');
  const values = above(entriesOf(asked), by, bound).flatMap((entry) => figureIn(entry, of) ?? []);
  // `(in billion kWh)`
  const scale = scales[/\(in (thousand|million|billion|trillion)/.exec(told)?.[1] ?? ''] ?? 1;
  const total = values.reduce((a, b) => a + b, 0) / scale;
  if (values.length === 0) return undefined;
  const mean = /average|平均/.test(operation);
  return [mean ? (total / values.length).toFixed(1) : String(Number(total.toFixed(6)))];
};

const recordsTable: Second = (asked) => {
  const { by, bound, columns = '' } = table.read(asked.question) ?? {};
  const heads = [...columns.matchAll(/“([^”]+)”/g)].map(([, head = '']) => head);
  const rows = above(entriesOf(asked), by, bound).map((entry) =>
    heads.map((head, i) => (i === 0 ? entry.title : (valueIn(entry, head) ?? ''))),
  );
  return rows.length === 0 ? undefined : [JSON.stringify({ columns: heads, data: rows })];
};

const recordsClaims: Second = (asked) => {
  const entries = entriesOf(asked);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const { field = '', value } = claims.read(text) ?? {};
    const entry = only(entries.filter((one) => valueIn(one, field) === value));
    return entry && `${label}: ${entry.title}`;
  });
  const told = lines.filter((line) => line !== undefined);
  return told.length === lines.length ? told : undefined;
};

const recordsRank: Second = (asked) => {
  const { over = '', under = '' } = rank.read(asked.question) ?? {};
  const rated = entriesOf(asked).flatMap((entry) => {
    const [a, b] = [figureIn(entry, over), figureIn(entry, under)];
    return a === undefined || b === undefined || a <= 0 || b <= 0 ? [] : [{ title: entry.title, ratio: a / b }];
  });
  return rated.sort((a, b) => b.ratio - a.ratio).map(({ title }) => title);
};

/** Entries by the first day that their field states. */
const recordsOrder: Second = (asked) => {
  const { field = '' } = order.read(asked.question) ?? {};
  const entries = entriesOf(asked);
  const dated = optionsOf(asked.question).map(({ letter, text }) => {
    const entry = only(entries.filter(({ title }) => title === text));
    const [when] = datesIn((entry && valueIn(entry, field)) ?? '');
    return { letter, day: when === undefined ? Number.NaN : dayOf(when) };
  });
  if (dated.some(({ day }) => Number.isNaN(day))) return undefined;
  return dated.sort((a, b) => a.day - b.day).map(({ letter }) => letter);
};

const recordsStatements: Second = (asked) => {
  const entries = entriesOf(asked);
  return onlyOption(asked.question, (text) => {
    const english = /^“(?<field>.+)” is higher for (?<a>.+) than for (?<b>.+)$/.exec(text)?.groups;
    const said = english ?? /^“(?<field>.+)”一项，(?<a>.+)高于(?<b>.+)$/.exec(text)?.groups;
    const [a, b] = [said?.a, said?.b].map((name) => {
      const entry = only(entries.filter(({ title }) => title === name));
      return entry && figureIn(entry, said?.field ?? '');
    });
    return a !== undefined && b !== undefined && a > b;
  });
};

/** By the id of the generator. */
export const records: Readonly<Record<string, Second>> = {
  'records-bridge': recordsBridge,
  'records-where': recordsWhere,
  'records-sum': recordsSum,
  'records-table': recordsTable,
  'records-claims': recordsClaims,
  'records-rank': recordsRank,
  'records-order': recordsOrder,
  'records-statements': recordsStatements,
};
