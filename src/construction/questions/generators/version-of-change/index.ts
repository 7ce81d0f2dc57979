/**
 * @file T2: the first release that has several changes, each of which a changelog lists under another release.
 */
import type { QuestionGenerator } from '../../question.ts';
import { itemLines, letterOf, optionLines } from '../../views/lines.ts';
import { changesOfDays, chosenReleases, type Release, releasePlaces } from '../../views/provisions/releases.ts';
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

export const versionOfChange: QuestionGenerator = {
  id: 'version-of-change',
  version: 6,
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
    const dated = changesOfDays(
      context,
      random.shuffle(main),
      (changes) =>
        random.shuffle(changes.filter(({ kind, quote }) => !takenAway.test(kind) && !takenAway.test(quote)))[0],
    );
    const drawn = dated.slice(0, random.integer(changesAsked.least, changesAsked.most));
    if (drawn.length < changesAsked.least) return 'too few releases with a change that can be quoted';
    const order = [...drawn].sort((a, b) => (a.release.iso < b.release.iso ? 1 : -1));
    const right = order[0]?.release;
    if (right === undefined) return 'too few releases with a change that can be quoted';
    // Some releases of the changes themselves, some that none of them is in, earlier and later.
    const own = random.shuffle(order.slice(1).map(({ release }) => release));
    const others = random.shuffle(main.filter((release) => !drawn.some((one) => one.release === release)));
    const first = random.integer(1, 2);
    const wrong = [...own.slice(0, first), ...others, ...own.slice(first)].slice(0, 3);
    if (wrong.length < 3) return 'too few other releases';
    const options = random.shuffle([right, ...wrong]);
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
