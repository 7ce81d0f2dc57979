/** @file Text that stands there already: the question, the beginning and the end of the context, the words of the golds. */
import { type BlindPolicy, byFrequency, type Learner, median } from './policy.ts';

const words = (text: string): string[] => text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
const joined = (list: readonly string[]): string =>
  list.join(' ').replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');

const sentence = /[^.!?。！？\n]{8,}[.!?。！？]/u;

/** Marks of parts and speakers, titles: no sentence of the text begins with them. */
const unmarked = (text: string): string => text.replace(/^(?:#+ .*|\[\w+\] ?)/gmu, '').trim();

export const copies: Learner = ({ group }) => {
  const [first] = group;
  const question: BlindPolicy = { name: 'copy the question', answer: (item) => item.question };
  if (first?.spec.metric !== 'Summary') return [question];
  const length = median(group.map(({ spec }) => words(spec.gold[0] ?? '').length));
  const common = byFrequency(
    group.flatMap(({ spec }) => [...new Set(words(spec.gold[0] ?? '').map((w) => w.toLowerCase()))]),
  );
  const start = (text: string): string => joined(words(text).slice(0, length));
  return [
    question,
    { name: `copy ${length} words from the start`, answer: ({ facts }) => start(unmarked(facts.lead)) },
    {
      name: `copy ${length} words from the end`,
      answer: ({ facts }) => joined(words(unmarked(facts.tail)).slice(-length)),
    },
    { name: 'copy the first sentence', answer: ({ facts }) => sentence.exec(unmarked(facts.lead))?.[0] },
    {
      name: 'the question, then the start',
      answer: (item) => joined([...words(item.question), ...words(unmarked(item.facts.lead))].slice(0, length)),
    },
    { name: `the ${length} commonest words of golds`, answer: () => joined(common.slice(0, length)) },
  ];
};
