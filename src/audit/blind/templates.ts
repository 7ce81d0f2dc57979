/** @file Answers by analogy: that of the nearest known question, the one most like all, and their common words with a constant elsewhere. */
import { analogy, pieces } from './analogy.ts';
import { type BlindPolicy, byFrequency, type Learner } from './policy.ts';

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((piece) => b.has(piece)).length;

/** The answer that shares most with the others. */
function middle(answers: readonly string[]): string {
  const sets = answers.map((answer) => new Set(pieces(answer)));
  const likeness = sets.map((set, i) =>
    sets.reduce((sum, other, j) => sum + (i === j ? 0 : (2 * shared(set, other)) / (set.size + other.size)), 0),
  );
  return answers[likeness.indexOf(Math.max(...likeness))] ?? '';
}

/** The pieces of an answer that most others have too; any run of others becomes `filler`. */
function skeleton(answers: readonly string[], filler: string): string {
  const base = middle(answers);
  const sets = answers.map((answer) => new Set(pieces(answer)));
  const kept = pieces(base).map((piece) => sets.filter((set) => set.has(piece)).length * 2 > sets.length);
  return pieces(base)
    .map((piece, i) => (kept[i] === true ? piece : kept[i - 1] === false ? '' : filler))
    .join('');
}

export const templates: Learner = ({ group }) => {
  if (group.length === 0 || group[0]?.spec.metric === 'Accuracy') return [];
  const answers = analogy(group, ({ spec }) => spec.gold.join('\n'));
  const value = byFrequency(
    group.flatMap(({ spec }) => spec.gold.flatMap((line) => line.match(/\d[\d.,]*/g) ?? [])),
  )[0];
  const made: BlindPolicy[] = [
    { name: 'answer of the nearest question, its names exchanged', answer: (item) => answers(item)[0] },
    { name: 'answer most like those of the nearest questions', answer: (item) => middle(answers(item)) },
    { name: 'template with 1 in every slot', answer: (item) => skeleton(answers(item), '1') },
    { name: 'template with nothing in its slots', answer: (item) => skeleton(answers(item), '') },
  ];
  if (value !== undefined && value !== '1')
    made.push({ name: `template with ${value} in every slot`, answer: (item) => skeleton(answers(item), value) });
  return made;
};
