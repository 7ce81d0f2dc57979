/**
 * @file T2: the first release that has several changes, each of which a changelog lists under another release.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator, Refusal } from '../../question.ts';
import { itemLines, letterOf, optionLines } from '../../views/lines.ts';
import {
  type Change,
  changesOfDays,
  chosenReleases,
  type Release,
  releasePlaces,
} from '../../views/provisions/releases.ts';
import { carriedChanges } from './elsewhere.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const changesAsked = { least: 3, most: 4 };
/** What is gone is not had by later releases. */
const takenAway = /remov|deprecat|revert|drop|postpone|promise|planned|移除|弃用|删除|回退|推迟|计划/i;

const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Whether a version counts as later by its number. */
function isLater(version: string, than: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  const at = a.findIndex((number, i) => number !== (b[i] ?? 0));
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** Without releases of an old branch: what they mend need not be in the versions that came before them. */
const mainLine = (releases: readonly Release[]): Release[] =>
  releases.filter(
    ({ version, iso }) =>
      !releases.some((other) => other.iso <= iso && other.version !== version && isLater(other.version, version)),
  );

interface Listed {
  readonly release: Release;
  readonly change: Change;
}

interface Choice {
  /** The changes that are asked for, the newest first. */
  readonly asked: readonly Listed[];
  readonly options: readonly Release[];
}

const wrongOptions = 3;

/**
 * The changes and the releases on offer, of which a number drawn before all else are later than the right one, so that its place in their order tells
 * nothing. A changelog too short for each of these numbers is refused: it would have the right one late.
 *
 * @param listed One change each of releases of different days.
 * @param all The releases on offer.
 */
function choose(listed: readonly Listed[], all: readonly Release[], random: Random): Choice | Refusal {
  const byDay = [...listed].sort((a, b) => (a.release.iso < b.release.iso ? -1 : 1));
  const laterThan = ({ iso }: Release): Release[] => all.filter((other) => other.iso > iso);
  const earlierThan = ({ iso }: Release): Release[] => all.filter((other) => other.iso < iso);
  const tops = (later: number): Listed[] =>
    byDay.filter(
      ({ release }, i) =>
        i >= changesAsked.least - 1 &&
        laterThan(release).length >= later &&
        earlierThan(release).length >= wrongOptions - later,
    );
  const counts = Array.from({ length: wrongOptions + 1 }, (_, later) => later);
  if (counts.some((later) => tops(later).length === 0)) return 'too few other releases';
  const later = random.pick(counts);
  const top = random.pick(tops(later));
  const before = byDay.slice(0, byDay.indexOf(top));
  const more = random.integer(changesAsked.least, Math.min(changesAsked.most, before.length + 1)) - 1;
  const asked = [top, ...random.sample(before, more).sort((a, b) => (a.release.iso < b.release.iso ? 1 : -1))];
  // Releases of the other changes come first among the earlier ones: each of them has a part of what is asked for.
  const own = random.shuffle(asked.slice(1).map(({ release }) => release));
  const others = random.shuffle(earlierThan(top.release).filter((release) => !own.includes(release)));
  const first = random.integer(1, 2);
  const earlier = [...own.slice(0, first), ...others, ...own.slice(first)].slice(0, wrongOptions - later);
  const wrong = [...earlier, ...random.sample(laterThan(top.release), later)];
  return { asked, options: random.shuffle([top.release, ...wrong]) };
}

export const versionOfChange: QuestionGenerator = {
  id: 'version-of-change',
  version: 7,
  task: 'T2',
  subtask: 'evidence integration over versions',
  asks: 'Asks for the first of four releases that has three or four changes from different releases.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 260,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  places: releasePlaces,
  draw(context, random) {
    const found = chosenReleases(context);
    if (typeof found === 'string') return found;
    const main = mainLine(found.releases);
    const shown = found.entry.document.text.slice(found.entry.span.start, found.entry.span.end);
    const isCarried = carriedChanges(shown, found.releases);
    const listed = changesOfDays(context, random.shuffle(main), (changes, release) => {
      const had = changes.filter(
        (change) => !takenAway.test(change.kind) && !takenAway.test(change.quote) && !isCarried(release, change),
      );
      return random.shuffle(had)[0];
    });
    const choice = choose(listed, main, random);
    if (typeof choice === 'string') return choice;
    const { asked: order, options } = choice;
    const right = order[0]?.release;
    if (right === undefined) return 'too few other releases';
    const drawn = random.shuffle(order);
    return {
      slots: {
        document: found.entry.title,
        items: itemLines(drawn.map(({ change }) => `“${change.quote}”`)),
        options: optionLines(options.map(({ version }) => version)),
      },
      gold: [letterOf(options.indexOf(right))],
      rationale: order.map(({ release, change }) => `${release.version} (${release.iso}): ${change.quote}`).join('\n'),
      proof: order.flatMap(({ release, change }) => [release.heading, change.proof]),
    };
  },
  solve,
};
