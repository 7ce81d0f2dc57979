/** @file What the key of a draft is held against. */
import type { SubTask } from '../catalogue/sub-task.ts';
import type { KeyItem, Written } from '../draft.ts';
import type { ShownDocument } from '../shown-documents.ts';
import type { LocatedFact } from './evidence.ts';

/** What the key of a draft is held against; all facts were found. */
export interface KeyCheck {
  readonly subTask: SubTask;
  readonly written: Written;
  readonly facts: readonly LocatedFact[];
  readonly shown: readonly ShownDocument[];
}

/** What the facts of an item prove. */
export const provesOf = ({ from }: KeyItem, facts: readonly LocatedFact[]) =>
  from.flatMap((number) => facts[number - 1]?.proves ?? []);

/** The beginning, in quotation marks. */
export const short = (text: string): string => `"${text.slice(0, 80)}"`;
