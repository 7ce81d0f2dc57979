/** @file The persons of a play as a list: lines under `CHARACTERS`, `Dramatis Personae` or `人物`. */
import type { Span } from '../document.ts';
import { isBlank, type Line } from './text-lines.ts';

interface CastItem {
  readonly marker: string;
  readonly span: Span;
}

/** A list without marks. */
interface Cast {
  readonly ordered: false;
  readonly steps: false;
  readonly items: readonly CastItem[];
  readonly span: Span;
}

const head =
  /^(?:#{1,6} )?(?:\*\*)?(?:characters|the characters|dramatis person(?:ae|æ|s)|cast(?: of characters)?|persons(?: (?:of|in) the play)?|the persons of the play|people|人物表?|登场人物|剧中人物?|角色)(?:\*\*)?[:：.]?$/i;
const [longestPerson, mostPersons, leastPersons] = [160, 60, 2];
/** A mark of a list is found as such. */
const marked = /^(?:[-*•#|>]|\d{1,3}[.)、])/;

function itemOf({ text, start }: Line): CastItem {
  const from = start + text.length - text.trimStart().length;
  return { marker: '', span: { start: from, end: start + text.trimEnd().length } };
}

function castAt(lines: readonly Line[], at: number): Cast | undefined {
  let next = at + 1;
  if (isBlank(lines[next])) next++;
  const items: CastItem[] = [];
  for (
    let line = lines[next];
    line !== undefined && !isBlank(line) && items.length <= mostPersons;
    line = lines[++next]
  ) {
    const words = line.text.trim();
    if (words.length > longestPerson || marked.test(words) || /^(?:time|place|scene|时间|地点|场景)[:：.]/i.test(words))
      break;
    items.push(itemOf(line));
  }
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || items.length < leastPersons || items.length > mostPersons)
    return undefined;
  // A person is said in few words, often behind a comma or a dash; prose goes on from line to line.
  const told = items.filter(({ span }) => span.end - span.start < 70).length;
  return told * 2 < items.length
    ? undefined
    : { ordered: false, steps: false, items, span: { start: first.span.start, end: last.span.end } };
}

/** Lists of persons; of a text in lines. */
export function findCasts(lines: readonly Line[], fenced: ReadonlySet<number>): Cast[] {
  return lines.flatMap(({ text }, i) => {
    if (text.length > 60 || fenced.has(i) || !head.test(text.trim())) return [];
    return castAt(lines, i) ?? [];
  });
}
