/**
 * @file One name for one thing: a surname or given name counts for the only full name that bears it, an acronym for the name that it is made
 * of, and who speaks is a person.
 */
import type { SpeakerMention } from './name.ts';
import type { KindPoints } from './name-kind.ts';
import { commonWords, noNames, titles } from './name-words.ts';
import type { NameRun } from './scan-names.ts';

/** A name with its mentions before it is told what it names. */
export interface NameGroup {
  readonly name: string;
  readonly words: readonly string[];
  readonly runs: readonly NameRun[];
  readonly points: KindPoints;
  /** The name that an acronym stands for. */
  readonly fullName?: string | undefined;
  /** Whether surnames may be mentions of it. */
  readonly isBearer?: boolean;
  /** Names whose mentions it has taken over. */
  readonly absorbed?: ReadonlySet<string>;
}

const inOrder = (a: NameRun, b: NameRun): number => a.start - b.start;

/** Words of a name in which a person's may be: not of an organisation, a place or a work. */
const maybePerson = ({ words, points, isBearer }: NameGroup): boolean =>
  isBearer === true &&
  words.length >= 2 &&
  words.length <= 5 &&
  !words.some((word) => /^(?:of|the|&)$/.test(word)) &&
  points.organisation + points.work + points.other + points.term === 0 &&
  points.place < 3;

const isCapitals = (name: string): boolean => !/\p{Ll}/u.test(name);
const key = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();

/** Full names by each of their first and last words. */
function bearers(groups: readonly NameGroup[]): Map<string, NameGroup[]> {
  const found = new Map<string, NameGroup[]>();
  for (const group of groups.filter(maybePerson))
    for (const word of new Set([key(group.words[0] ?? ''), key(group.words.at(-1) ?? '')]))
      found.set(word, [...(found.get(word) ?? []), group]);
  return found;
}

/** A name that stands by itself all over the text is not the surname of one that stands in it once. */
const dwarfs = (single: NameGroup, full: NameGroup): boolean =>
  full.points.person < 2 && single.runs.length > 20 && single.runs.length > 12 * full.runs.length;

function absorb(group: NameGroup, others: readonly NameGroup[]): NameGroup {
  if (others.length === 0) return group;
  const runs = [...group.runs, ...others.flatMap((other) => other.runs)].sort(inOrder);
  const points = { ...group.points };
  for (const other of others) points.person += other.points.person;
  return { ...group, runs, points, absorbed: new Set(others.map(({ name }) => name)) };
}

const roles =
  /^(?:the |an? |first |second |third |old |young |another )?(?:callers?|announcers?|crowd|mob|radio|tannoy|reporters?|bystander|waiter|waitress|drivers?|nurse|guards?|prisoners?|man|woman|boy|girl|audience|all|both|others|everyone|mc|dj|bot|admin|system|user|assistant|you|me|unknown|participant|passenger|customer|clerk|porter|barman|landlord|policeman|neighbou?r|shopkeeper|stranger|traveller|ghost|page|lords?|messengers?|gentlem[ae]n|sailors?|soldiers?|citizens?|speaker)(?: ?(?:[ivx]+|\d+|one|two|on radio|off))?$/i;

/** `FIRST SAILOR`, `The Chairman`, `Q`, `审判长`: who speaks is told by a role. */
export const isRole = (name: string): boolean =>
  name.length < 2 ||
  /^\p{Lu}{2}$/u.test(name) ||
  /^(?:审判[长员]|原告|被告|书记员|证人|主持人|记者|法官|检察官|律师|问|答|众人?|旁白|[男女]声|甲|乙|丙|丁|路人.?|村民.?|群众.?|学生.?|士兵.?|\p{Script=Han}{0,4}(?:声音|职员|店员|员工|司机|护士|乘客|客人|观众|听众|伙计|管理员|客服|工作人员|发言人|老师|同学)|(?:被告|原告)?(?:委托)?代理人|辩护人)$/u.test(
    name,
  ) ||
  roles.test(name) ||
  name.split(' ').every((word) => {
    const capital = `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`;
    return commonWords.has(capital) || titles.has(capital) || noNames.has(capital) || /^[IVX\d]+$/.test(word);
  });

/** Each speaker with the places where the text names it. */
function speakerGroups(speakers: readonly SpeakerMention[]): Map<string, NameRun[]> {
  const found = new Map<string, NameRun[]>();
  for (const { name: label, span } of speakers) {
    // `Nkechi (plot 9)`, `STANLEY (ON RADIO)`: what stands in brackets is not of the name.
    const name = label.replace(/ ?[(（[][^)）\]]*[)）\]]$/, '');
    // A number of a telephone.
    if (!/\p{L}/u.test(name)) continue;
    const run = {
      start: span.start,
      end: span.start + name.length,
      name,
      title: undefined,
      inside: false,
      initial: true,
      possessive: false,
    };
    const runs = found.get(name);
    if (runs === undefined) found.set(name, [run]);
    else runs.push(run);
  }
  return found;
}

/** `Osr` is short for `Osric`, where one name alone begins so. */
function cutShort(name: string, groups: readonly NameGroup[]): NameGroup | undefined {
  if (!/^\p{L}{2,5}$/u.test(name)) return undefined;
  const start = key(name);
  const [only, another] = groups.filter(
    ({ words }) => words.length < 3 && words.some((word) => word.length > name.length && key(word).startsWith(start)),
  );
  return another === undefined ? only : undefined;
}

/** `E. Mensah` is `Esi Mensah`, where one full name alone fits. */
function spelt(group: NameGroup, full: ReadonlyMap<string, readonly NameGroup[]>): NameGroup | undefined {
  const [first = ''] = group.words;
  if (group.words.length < 2 || !/^\p{Lu}\.$/u.test(first)) return undefined;
  const [only, another] = (full.get(key(group.words.at(-1) ?? '')) ?? []).filter(
    ({ words }) => words[0] !== undefined && words[0].length > 2 && words[0][0] === first[0],
  );
  return another === undefined ? only : undefined;
}

/**
 * @param unsure Names that may be none: they count where they are part of a sure one.
 */
export function joinNames(
  groups: readonly NameGroup[],
  unsure: readonly NameGroup[],
  speakers: readonly SpeakerMention[],
): NameGroup[] {
  const spoken = speakerGroups(speakers);
  const named = new Map(groups.map((group) => [group.name, group]));
  const taken = new Map<NameGroup, NameGroup[]>();
  const gone = new Set<NameGroup>();
  const give = (to: NameGroup, from: NameGroup): void => {
    taken.set(to, [...(taken.get(to) ?? []), from]);
    gone.add(from);
  };
  const full = bearers(groups);
  const lowered = new Map(groups.map((group) => [key(group.name), group]));
  for (const group of [...groups, ...unsure]) {
    const whole = group.fullName === undefined ? undefined : named.get(group.fullName);
    // `MARROW & FINCH` of a heading is `Marrow & Finch`.
    const small = isCapitals(group.name) ? lowered.get(key(group.name)) : undefined;
    const initials = spelt(group, full);
    if (initials !== undefined && initials !== group && !gone.has(initials)) give(initials, group);
    else if (whole !== undefined && whole !== group) give(whole, group);
    else if (small !== undefined && small !== group && !isCapitals(small.name)) give(small, group);
    else if (group.words.length === 1 && group.points.place < 3 && group.points.organisation < 3) {
      const [only, another] = (full.get(key(group.name)) ?? []).filter((one) => !gone.has(one));
      if (only !== undefined && another === undefined && !gone.has(only) && !dwarfs(group, only)) give(only, group);
    }
  }
  const rest = groups.filter((group) => !gone.has(group)).map((group) => absorb(group, taken.get(group) ?? []));
  const folded = new Map(rest.map((group) => [key(group.name), group]));
  // Full names of speakers bear the names of others: `MARGERY` is `MARGERY PELL`.
  for (const name of spoken.keys())
    for (const word of new Set([key(name.split(' ')[0] ?? ''), key(name.split(' ').at(-1) ?? '')]))
      if (name.includes(' ') && !full.has(word))
        full.set(
          word,
          groups.filter((group) => group.name === name),
        );
  const persons = { person: 6, place: 0, organisation: 0, work: 0, term: 0, other: 0 };
  for (const [name, runs] of spoken) {
    const partly = full.get(key(name)) ?? [];
    const same =
      folded.get(key(name)) ??
      (partly.length === 1 ? rest.find(({ name: own }) => own === partly[0]?.name) : undefined) ??
      cutShort(name, rest);
    if (same === undefined) {
      const whole = cutShort(name, unsure);
      if (whole !== undefined) rest.push({ ...whole, runs: [...whole.runs, ...runs].sort(inOrder), points: persons });
      else if (runs.length >= 2 && !isRole(name)) rest.push({ name, words: name.split(' '), runs, points: persons });
      continue;
    }
    const starts = new Set(same.runs.map(({ start }) => start));
    const more = [...same.runs, ...runs.filter(({ start }) => !starts.has(start))].sort(inOrder);
    const joined = { ...same, runs: more, points: persons };
    rest[rest.indexOf(same)] = joined;
    folded.set(key(same.name), joined);
  }
  return rest;
}
