/**
 * @file T6 (document clustering): the shares of given parts among the documents whose titles stand above them, one line
 * `Title 25.00%` each.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator, Unit } from '../../reading/reading.ts';

/** Asks for the share of each title among given parts; gold: two to four lines `Title 25.00%`. */
export const sourceCluster: ReadingGenerator = {
  id: 'source-cluster',
  version: 1,
  task: 'T6',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 80,
  wording: phrase({
    en: 'Group parts {ids} by the title that they stand under. Write {count} lines such as “Some title 12.50%”: a title and its share of these parts.',
    zh: '请将 {ids} 按所属标题归类，写{count}行，如“某标题 12.50%”：标题及其在这些片段中所占比例。',
  }),
  exempt: {},
  propose(reading, rng) {
    const byTitle = new Map<string, Unit[]>();
    for (const unit of reading.units)
      byTitle.set(unit.document.title, [...(byTitle.get(unit.document.title) ?? []), unit]);
    const titles = rng.sample([...byTitle], rng.integer(2, 4));
    // Unequal shares, so that dividing equally pays nothing.
    const sizes = rng.shuffle([1, 2, 4, 5].slice(0, titles.length));
    const chosen = titles.map(([title, units], i) => ({
      title,
      units: rng.sample(units, sizes[i] ?? 1),
      size: sizes[i] ?? 1,
    }));
    if (titles.length < 2 || chosen.some(({ units, size }) => units.length < size)) return undefined;
    const all = chosen.flatMap(({ units }) => units);
    return {
      reading,
      question: this.wording.say(reading.language, {
        ids: rng
          .shuffle(all)
          .map(({ id }) => id)
          .join(', '),
        count: String(chosen.length),
      }),
      gold: chosen.map(({ title, units }) => `${title} ${((100 * units.length) / all.length).toFixed(2)}%`),
      rationale: chosen.map(({ title, units }) => `${title}: ${units.map(({ id }) => id).join(' ')}`).join('\n'),
      evidence: rng.shuffle(all),
    };
  },
};
