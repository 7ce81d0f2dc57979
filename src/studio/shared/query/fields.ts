/** @file The fields of a query: which column each is, and the words of `is:`. */
import type { RolloutColumns } from './columns.ts';

type Place = 'rows' | 'groups';

/** Numbers by name; `places` says where the column stands. */
export const numberFields = {
  step: ['groups', 'step'],
  group: ['groups', 'line'],
  member: ['rows', 'member'],
  reward: ['rows', 'reward'],
  advantage: ['rows', 'advantage'],
  tokens: ['rows', 'tokens'],
  length: ['groups', 'promptTokens'],
  staleness: ['groups', 'staleness'],
} as const satisfies Readonly<Record<string, readonly [Place, string]>>;

/** Words by name. */
export const wordFields = {
  task: ['groups', 'task'],
  generator: ['groups', 'generator'],
  sample: ['groups', 'sample'],
  prompt: ['groups', 'prompt'],
  use: ['groups', 'use'],
  state: ['rows', 'state'],
  format: ['rows', 'format'],
  status: ['rows', 'status'],
  stop: ['rows', 'stop'],
} as const satisfies Readonly<Record<string, readonly [Place, string]>>;

/** A field of numbers. */
export type NumberField = keyof typeof numberFields;
/** A field of words. */
export type WordField = keyof typeof wordFields;

/** What `is:` may say, and what it stands for. */
export const shorthands = {
  full: 'reward>=0.999999',
  zero: 'reward<=0',
  truncated: 'stop:length',
  trained: 'use:trained',
  dropped: 'use:dropped',
  surplus: 'use:surplus',
  unjudged: 'status!=ok',
  unreadable: 'state:unreadable,contradictory,no-answer,unclosed-thinking',
} as const satisfies Readonly<Record<string, string>>;

/** Every name that stands before a colon. */
export const fieldNames: readonly string[] = [...Object.keys(numberFields), ...Object.keys(wordFields), 'is'];

/** Reads a field of a row. */
export type Read = (row: number) => number;

/** How a column of numbers, or of numbers of words, is read by row. */
export function reader(columns: RolloutColumns, field: NumberField | WordField): Read {
  const [place, name] = { ...numberFields, ...wordFields }[field];
  if (place === 'rows') {
    const { values } = columns.rows[name as keyof RolloutColumns['rows']];
    return (row) => values[row] as number;
  }
  const { values } = columns.groups[name as keyof RolloutColumns['groups']];
  const groups = columns.rows.group.values;
  return (row) => values[groups[row] as number] as number;
}
