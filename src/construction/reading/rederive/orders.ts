/**
 * @file Second derivations of T7, T8 and T9.
 */
import { type ShownUnit, tally } from '../read-prompt.ts';
import { listed, mentions, type ReadingSolver, type ReadingView, tablesOf } from './solver.ts';

/** The first k by a measure, largest first; undefined where a tie would let another order be right. */
function top<T>(items: readonly T[], measure: (item: T) => number, k: number): T[] | undefined {
  const scored = items.map((item) => ({ item, value: measure(item) })).sort((a, b) => b.value - a.value);
  for (let i = 0; i < k; i++)
    if (scored[i] === undefined || scored[i]?.value === scored[i + 1]?.value) return undefined;
  return scored.slice(0, k).map(({ item }) => item);
}

const ids = (units: readonly ShownUnit[] | undefined): string[] | undefined => units?.map(({ id }) => id);

const shownWords = (text: string): number =>
  /\p{Script=Han}/u.test(text)
    ? [...text].filter((c) => /[\p{L}\p{N}]/u.test(c)).length
    : text.split(/\s+/).filter(Boolean).length;

const speakerRank: ReadingSolver = ({ k }, { units }) =>
  top(
    [...new Set(units.map(({ speaker }) => speaker))],
    (name) => units.filter(({ speaker }) => speaker === name).length,
    Number(k),
  );

const tableRank: ReadingSolver = ({ k, field = '', other = '', bound }, { units }) => {
  const [table] = tablesOf(units);
  const at = (name: string): number => table?.columns.indexOf(name) ?? -1;
  const rows = (table?.rows ?? []).filter((row) => Number(row[at(other)]) < Number(bound));
  return top(rows, (row) => Number(row[at(field)]), Number(k))?.map(([name = '']) => name);
};

const partShuffle: ReadingSolver = (_, { units, sources }) => {
  const places = units.map(({ id, text }) => ({ id, at: sources[0]?.text.indexOf(text) ?? -1 }));
  return places.some(({ at }) => at < 0) ? undefined : places.sort((a, b) => a.at - b.at).map(({ id }) => id);
};

const excerptOrder: ReadingSolver = ({ excerpts }, { units }) => {
  const text = units.map((unit) => unit.text).join('\n\n');
  const places = listed(excerpts).map(({ label, wording }) => ({
    label,
    at: text.indexOf(wording),
    last: text.lastIndexOf(wording),
  }));
  if (places.some(({ at, last }) => at < 0 || at !== last)) return undefined;
  return places.sort((a, b) => a.at - b.at).map(({ label }) => label);
};

const mentionOrder: ReadingSolver = ({ terms = '' }, { units }) => {
  const places = terms.split(', ').map((term) => ({ term, at: units.findIndex(({ text }) => tally(text, term) > 0) }));
  if (places.some(({ at }) => at < 0) || new Set(places.map(({ at }) => at)).size < places.length) return undefined;
  return places.sort((a, b) => a.at - b.at).map(({ term }) => term);
};

/** Length of the part of a reference that a text begins with, up to an end of a sentence. */
function opening(text: string, reference: string): number {
  let same = 0;
  while (same < reference.length && text[same] === reference[same]) same++;
  while (same > 0 && same < reference.length && !/[.!?…。！？:”"’)\]\p{L}\p{N}]/u.test(reference.charAt(same - 1)))
    same--;
  for (let end = same; end > 0; end--) if (/[.!?…。！？”"’)]/.test(reference.charAt(end - 1))) return end;
  return same;
}

/** Takes the reference apart, turn by turn; the whole of it must be used up. */
const speakerDigest: ReadingSolver = ({ speaker, from, to }, { units, gold }: ReadingView) => {
  const number = (id: string | undefined): number => Number(id?.slice(1));
  const turns = units.filter(
    (unit) => unit.speaker === speaker && number(unit.id) >= number(from) && number(unit.id) <= number(to),
  );
  let rest = gold[0] ?? '';
  for (const { text } of turns) {
    const used = opening(text, rest);
    if (used === 0) return undefined;
    rest = rest.slice(used).trimStart();
  }
  return rest === '' ? [...gold] : undefined;
};

/** Every mention of the text is in the reference, and the reference is made of pieces of the parts that mention the term, in order. */
const mentionDigest: ReadingSolver = ({ term = '' }, { units, gold }) => {
  let rest = gold[0] ?? '';
  if (tally(rest, term) !== mentions(units, term)) return undefined;
  for (const { text } of units.filter((unit) => tally(unit.text, term) > 0)) {
    for (let from = 0; rest !== ''; ) {
      // The longest piece of the rest that this part holds after the last one.
      let best = 0;
      for (let end = rest.length; end > 0 && best === 0; end--) {
        const atBreak = end === rest.length || /\s/.test(rest.charAt(end)) || /[。！？”]/.test(rest.charAt(end - 1));
        if (atBreak && end > 8 && text.indexOf(rest.slice(0, end), from) >= 0) best = end;
      }
      if (best === 0) break;
      from = text.indexOf(rest.slice(0, best), from) + best;
      rest = rest.slice(best).trimStart();
    }
  }
  return rest === '' ? [...gold] : undefined;
};

const comparisonSummary: ReadingSolver = ({ names = '', category, first, second }, { units }) => {
  const rows = tablesOf(units)[0]?.rows ?? [];
  const said = names.split('”, “').map((quoted) => {
    const name = quoted.replace(/[“”]/g, '');
    const [, group, x, y] = rows.find((row) => row[0] === name) ?? [];
    return `${name} has the ${category} ${group}, the ${first} ${x} and the ${second} ${y}.`;
  });
  return [said.join(' ')];
};

/** Second derivations of T7, T8 and T9, by id of the generator. */
export const orderSolvers: Readonly<Record<string, ReadingSolver>> = {
  'mention-rank': ({ k, term = '' }, { units }) => ids(top(units, ({ text }) => tally(text, term), Number(k))),
  'length-rank': ({ k, term = '' }, { units }) =>
    ids(
      top(
        units.filter(({ text }) => tally(text, term) > 0),
        ({ text }) => shownWords(text),
        Number(k),
      ),
    ),
  'speaker-rank': speakerRank,
  'table-rank': tableRank,
  'part-shuffle': partShuffle,
  'excerpt-order': excerptOrder,
  'frequency-order': ({ terms = '' }, { units }) => {
    const all = terms.split(', ');
    return top(all, (term) => mentions(units, term), all.length);
  },
  'mention-order': mentionOrder,
  'mention-digest': mentionDigest,
  'speaker-digest': speakerDigest,
  'comparison-summary': comparisonSummary,
};
