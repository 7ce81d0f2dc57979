/**
 * @file T4: figures of a history of releases that nobody states: the longest time between two releases, how many changes of a kind there were in
 * all.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { chosenReleases, type Release, releasePlaces, stretchOf } from '../../views/provisions/releases.ts';
import { solve } from './solve.ts';
import { asked, figures } from './wordings.ts';

const stretch = { least: 5, most: 16 };
const leastItems = 4;
const leastHolders = 3;
const dayLength = 86_400_000;

/** Days of the calendar between two of them. */
const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength;

interface Figure {
  readonly what: string;
  readonly gold: number;
  readonly why: string;
  readonly proof: readonly Proof[];
}

/** The first and last release by number and day. */
const endsOf = (chosen: readonly Release[]): Readonly<Record<string, string>> => ({
  first: chosen[0]?.version ?? '',
  from: chosen[0]?.iso ?? '',
  last: chosen.at(-1)?.version ?? '',
  to: chosen.at(-1)?.iso ?? '',
});

function longestGap(chosen: readonly Release[], { language }: Context): Figure | undefined {
  const gaps = chosen.slice(1).map((release, i) => daysBetween(chosen[i]?.iso ?? '', release.iso));
  const [most, next] = [...gaps].sort((a, b) => b - a);
  if (most === undefined || most === next) return undefined;
  return {
    what: figures.gap.say(language, endsOf(chosen)),
    gold: most,
    why: chosen.map(({ version, iso }) => `${version}: ${iso}`).join(', '),
    proof: chosen.map(({ heading }) => heading),
  };
}

function itemsOfKind(chosen: readonly Release[], { language }: Context, random: Random): Figure | undefined {
  const all = chosen.flatMap(({ changes }) => changes);
  const kinds = [...new Set(all.map(({ kind }) => kind))].filter((kind) => kind !== '' && kind.length < 40);
  const holders = (kind: string): number =>
    chosen.filter(({ changes }) => changes.some((one) => one.kind === kind)).length;
  const many = kinds.filter(
    (kind) => all.filter((one) => one.kind === kind).length >= leastItems && holders(kind) >= leastHolders,
  );
  if (many.length === 0) return undefined;
  const kind = random.pick(many);
  const items = all.filter((one) => one.kind === kind);
  return {
    what: figures.items.say(language, { kind, ...endsOf(chosen) }),
    gold: items.length,
    why: chosen
      .map(({ version, changes }) => `${version}: ${changes.filter((one) => one.kind === kind).length}`)
      .join(', '),
    proof: [...items.map(({ proof }) => proof), ...chosen.map(({ heading }) => heading)],
  };
}

export const releaseFigures: QuestionGenerator = {
  id: 'release-figures',
  version: 6,
  task: 'T4',
  subtask: 'calculation over versions',
  asks: 'Asks for the longest time between two releases, or the number of changes of a kind in several.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 140,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write the number alone.',
    zh: '请在[答案]后只写数字。',
  },
  places: releasePlaces,
  draw(context, random) {
    const found = chosenReleases(context);
    if (typeof found === 'string') return found;
    const chosen = stretchOf(found, stretch, random);
    if (typeof chosen === 'string') return chosen;
    const kinds = random.shuffle([() => longestGap(chosen, context), () => itemsOfKind(chosen, context, random)]);
    for (const kind of kinds) {
      const figure = kind();
      if (figure === undefined) continue;
      const { what, gold, why, proof } = figure;
      return { slots: { document: found.entry.title, what }, gold: [String(gold)], rationale: why, proof };
    }
    return 'the releases have no figure worth asking for';
  },
  solve,
};
