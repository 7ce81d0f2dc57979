/** @file Finds each step in the document by its words, behind a number that grows. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { flat } from '../../solving/quoted.ts';

const numbered = /^\s*(?:[-*]\s+)?(?:\(?(\d{1,2})[.)、]|[Ss]tep (\d{1,2})[.:]?|第([一二三四五六七八九十]+)步[:：]?)\s*/;

/** A heading as it may be marked or numbered before its name. */
const isHeading = (line: string, name: string): boolean =>
  line.endsWith(name) &&
  line.length <= name.length + 12 &&
  !/[“"'\p{L}]/u.test(line.slice(0, -name.length).replace(/^第.{1,4}[章节]/, ''));

interface Item {
  readonly words: string;
  /** Which of the parts it stands under; -1 for none. */
  readonly part: number;
}

/** What stands behind numbers, by the last heading of a part before it; lines that go on belong to the step above. */
function itemsOf(text: string, parts: readonly string[]): Item[] {
  const items: Item[] = [];
  let part = -1;
  for (const line of text.split('\n')) {
    const named = parts.findIndex((name) =>
      isHeading(flat(line.replace(/\s*\[[^\]]*\]/g, '')).replace(/\s*[#:：]+$/, ''), name),
    );
    if (named >= 0) part = named;
    const last = items.at(-1);
    if (named < 0 && numbered.test(line)) items.push({ words: line.replace(numbered, ''), part });
    else if (named < 0 && last !== undefined) items.push({ ...last, words: `${items.pop()?.words} ${line}` });
  }
  return items.map((item) => ({ ...item, words: flat(item.words) }));
}

/** The letters in the order in which the steps stand; of two parts those of the one that is named first before the others. */
export function solve({ documents, slots: { work, part = '', next, options } }: ShownPrompt): string[] | undefined {
  const text = documentCalled(documents, work)?.text;
  if (text === undefined) return undefined;
  const items = itemsOf(text, next === undefined ? [] : [part, next]);
  const placed = shownOptions(options).map(({ letter, text: words }) => {
    const found = items.flatMap((item, at) => (item.words.startsWith(words) ? [{ at, part: item.part }] : []));
    const [only] = found;
    return only === undefined || found.length > 1 ? undefined : { letter, ...only };
  });
  const known = placed.filter((one) => one !== undefined);
  const under = new Set(known.map((one) => one.part));
  const isTold = next === undefined || (!under.has(-1) && under.size === 2);
  if (known.length < placed.length || !isTold) return undefined;
  return known.sort((a, b) => a.part - b.part || a.at - b.at).map(({ letter }) => letter);
}
