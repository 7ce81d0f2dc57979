/** @file The numbers and bullets before the paragraphs of a DOCX, which the file states as rules and counts (ECMA-376, 17.9). */

import { attribute, child, elements, type XmlElement } from '../packed/xml.ts';
import { countLabel } from './count-label.ts';

interface Level {
  readonly start: number;
  readonly format: string;
  /** `%1.%2)` */
  readonly pattern: string;
  readonly legal: boolean;
}

interface List {
  readonly abstractId: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels at which this list begins anew. */
  readonly restarts: ReadonlyMap<number, number>;
}

function levelsOf(parent: XmlElement | undefined): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const level of elements(parent, 'lvl'))
    levels.set(Number(attribute(level, 'ilvl') ?? 0), {
      start: Number(attribute(child(level, 'start'), 'val') ?? 1),
      format: attribute(child(level, 'numFmt'), 'val') ?? 'decimal',
      pattern: attribute(child(level, 'lvlText'), 'val') ?? '',
      legal: child(level, 'isLgl') !== undefined,
    });
  return levels;
}

function listsOf(tree: XmlElement | undefined): Map<string, List> {
  const numbering = child(tree, 'numbering');
  const abstract = new Map(
    elements(numbering, 'abstractNum').map((element) => [attribute(element, 'abstractNumId') ?? '', levelsOf(element)]),
  );
  const lists = new Map<string, List>();
  for (const element of elements(numbering, 'num')) {
    const abstractId = attribute(child(element, 'abstractNumId'), 'val') ?? '';
    const overrides = elements(element, 'lvlOverride');
    const levels = new Map(abstract.get(abstractId));
    const restarts = new Map<number, number>();
    for (const override of overrides) {
      for (const [at, level] of levelsOf(override)) levels.set(at, level);
      const start = attribute(child(override, 'startOverride'), 'val');
      if (start !== undefined) restarts.set(Number(attribute(override, 'ilvl') ?? 0), Number(start));
    }
    lists.set(attribute(element, 'numId') ?? '', { abstractId, levels, restarts });
  }
  return lists;
}

/** What stands before a paragraph. */
export interface ListLabel {
  /** `-` for a bullet. */
  readonly text: string;
  readonly level: number;
}

/** Counts the paragraphs of all lists in their order. */
export class Numbering {
  private readonly lists: ReadonlyMap<string, List>;
  /** By list of the same rules: the counts of its levels. */
  private readonly counts = new Map<string, number[]>();
  private readonly begun = new Set<string>();

  constructor(tree: XmlElement | undefined) {
    this.lists = listsOf(tree);
  }

  /** The label of the next paragraph of a list; undefined where the list shows none. */
  next(numId: string, at: number): ListLabel | undefined {
    const list = this.lists.get(numId);
    const level = list?.levels.get(at);
    if (list === undefined || level === undefined || at > 8) return undefined;
    const counts = this.counts.get(list.abstractId) ?? [];
    this.counts.set(list.abstractId, counts);
    if (!this.begun.has(numId)) for (const [restarted, start] of list.restarts) counts[restarted] = start - 1;
    this.begun.add(numId);
    counts[at] = (counts[at] ?? level.start - 1) + 1;
    counts.length = at + 1;
    if (level.format === 'bullet') return { text: '-', level: at };
    if (level.format === 'none') return undefined;
    const text = level.pattern.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const of = list.levels.get(index);
      return countLabel(counts[index] ?? of?.start ?? 1, level.legal ? 'decimal' : (of?.format ?? 'decimal'));
    });
    return text.trim() === '' ? undefined : { text: text.trim(), level: at };
  }
}
