/**
 * @file The releases of a changelog as questions see them: versions with their dates and what they changed.
 */
import type { Document, Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument, Proof, Refusal } from '../../question.ts';
import { isClosed, oneLine, quotable, timesIn } from './quoting.ts';

/** One change that a release lists. */
export interface Change {
  /** Its first sentence as a question quotes it, with its kind before it: `Fixed: A sound was played twice`. */
  readonly quote: string;
  /** The sentence alone, as it stands in the changelog. */
  readonly words: string;
  /** As the changelog sorts it: `Added`, `Bug Fixes`; empty where it does not. */
  readonly kind: string;
  readonly proof: Proof;
}

/** A version with its day. */
export interface Release {
  readonly version: string;
  /** `2024-04-02`; in a changelog without days the place of the version, `#0007`. */
  readonly iso: string;
  readonly span: Span;
  readonly heading: Proof;
  readonly changes: readonly Change[];
}

const numberedEvent = /^[#*\s]*\d+(?:\.\d+)+\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{4}\b/;
const versionIn = (heading: string): string | undefined =>
  // A section's number before a month or a year is none: `4.13 July 2000`.
  numberedEvent.test(heading)
    ? undefined
    : /(?<![\d.])v?(\d+\.\d+(?:\.\d+)*(?:[-+~][\w.+~]+)?)(?![\d.]*\d)/.exec(heading)?.[1];
const prefix =
  /^(Added|Changed|Fixed|Removed|Deprecated|Security|Improved|新增|修复|变更|更改|移除|弃用|安全|优化)[:：]\s*/;
const longestQuote = { en: 180, zh: 80 } as const;
const shortestQuote = 24;

/** `## 2.2.1, 2 April 2024`, `debian-policy (4.6.2.0) unstable; urgency=medium`. */
interface Head {
  readonly version: string;
  readonly iso: string;
  readonly start: number;
  readonly bodyStart: number;
  /** Where its items end at the latest: the next heading of its level or above. */
  readonly end: number;
  readonly date: Span;
}

/** `1.6.9 - 20200227`: a day without marks at the end of a heading. */
const packedDay = /[-–—]\s*((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])\s*$/m;

/** The first day between two places, with where it stands. */
function dayWithin(
  { dates }: Structure,
  { text }: Document,
  start: number,
  end: number,
): { readonly iso: string; readonly span: Span } | undefined {
  const found = dates.find(({ span, precision }) => span.start >= start && span.end <= end && precision === 'day');
  if (found !== undefined) return found;
  const [line = ''] = text.slice(start, end).split('\n');
  const [, year, month, day] = packedDay.exec(line) ?? [];
  const span = { start: start + line.trimEnd().length - 8, end: start + line.trimEnd().length };
  return day === undefined ? undefined : { iso: `${year}-${month}-${day}`, span };
}

function headsOf(document: Document, facts: Structure): Head[] {
  const { text } = document;
  const marked = facts.sections.flatMap(({ span, bodyStart, level }, i): Head[] => {
    const version = versionIn(text.slice(span.start, bodyStart));
    const day = dayWithin(facts, document, span.start, bodyStart);
    if (version === undefined || day === undefined) return [];
    const next = facts.sections.slice(i + 1).find((other) => other.level <= level);
    const end = next?.span.start ?? text.length;
    return [{ version, iso: day.iso, start: span.start, bodyStart, end, date: day.span }];
  });
  if (marked.length > 0) return marked;
  const packaged = [...text.matchAll(/^[\w.+-]+ \(([^)\s]+)\) [\w -]+; urgency=\w+.*$/gm)];
  if (packaged.length === 0) return undatedHeads(text);
  return packaged.flatMap(({ index, 0: line, 1: version = '' }, i): Head[] => {
    const end = packaged[i + 1]?.index ?? text.length;
    const signed = text.slice(index, end).search(/^ ?-- /m);
    const day = signed < 0 ? undefined : dayWithin(facts, document, index + signed, end);
    return day === undefined
      ? []
      : [{ version, iso: day.iso, start: index, bodyStart: index + line.length, end, date: day.span }];
  });
}

/** `CHANGES FROM 3.2a TO 3.3`, `## 1.4.0`, `Version 2.1:`: a line that is a version and no more. */
const versionLine =
  /^(?:#{1,4} |\*{1,2})?(?:(?:changes|what's new|new) (?:from \S+ to|in|for|since)(?: version)? |(?:version|release) |版本 ?)?\[?v?(\d+(?:\.\d+)+[a-z]?)\]?(?:\*{1,2})?[:：]?[ \t]*$/gim;

const placeOf = (version: string): number[] => [
  ...(version.match(/\d+/g) ?? []).map(Number),
  /[a-z]$/i.exec(version)?.[0].charCodeAt(0) ?? 0,
];

/** Whether a version comes after another by its number: 3.10 after 3.9, 3.3a after 3.3. */
function isLaterVersion(a: string, b: string): boolean {
  const [one, other] = [placeOf(a), placeOf(b)];
  const i = Array.from({ length: Math.max(one.length, other.length) }, (_, k) => k).find(
    (k) => (one[k] ?? 0) !== (other[k] ?? 0),
  );
  return i !== undefined && (one[i] ?? 0) > (other[i] ?? 0);
}

/** The releases of a changelog without days, where their numbers rise or fall from first to last. */
function undatedHeads(text: string): Head[] {
  const lines = [...text.matchAll(versionLine)];
  const versions = lines.map(([, version = '']) => version);
  const falls = versions.every((version, i) => i === 0 || isLaterVersion(versions[i - 1] ?? '', version));
  const rises = versions.every((version, i) => i === 0 || isLaterVersion(version, versions[i - 1] ?? ''));
  if (!falls && !rises) return [];
  return lines.map(({ index, 0: line }, i) => ({
    version: versions[i] ?? '',
    iso: `#${String(falls ? lines.length - i : i + 1).padStart(4, '0')}`,
    start: index,
    bodyStart: index + line.length,
    end: lines[i + 1]?.index ?? text.length,
    date: { start: index, end: index + line.trimEnd().length },
  }));
}

/** Whether a release says its day. */
const isDated = ({ iso }: Pick<Release, 'iso'>): boolean => !iso.startsWith('#');

/** What is no change of the program. */
const noChange =
  /contributor|chore|maintenance|thanks|credits|acknowledg|known (?:problem|issue|bug|limitation)|staff|team|people|贡献者|致谢|鸣谢|感谢|已知问题|人员/i;
/** Nor what is: known problems, thanks, news of the staff; and what names a version itself. */
const noChangeWords =
  /^known (?:problem|issue|bug|limitation)|\bthank(?:s|ed| you)\b|\b(?:release manager|maintainer)s?\b|\bjoin(?:s|ed) (?:the|our) |^已知问题|感谢|致谢|发布负责人|发布经理|维护人|加入(?:了)?团队|\b\d+\.\d+\.\d+\b/i;
/** Kinds that say what was done: a bug that was mended must not read as something wished for. */
const telling =
  /^(?:added|additions|new|features?|new features|changed|changes|fix(?:ed|es)?|bug ?fix(?:es)?|bugs fixed|removed|removals|deprecat(?:ed|ions?)|security|improve(?:d|ments?)|enhancements?|breaking changes|新增|新功能|修复|变更|更改|移除|弃用|废弃|安全|优化|改进)$/i;

/** How an entry begins that tells by itself what was done. */
const doing =
  /^(?:(?:add|fix|remov|chang|mak|allow|support|us|show|improv|updat|renam|drop|mov|handl|extend|prevent|avoid|introduc|enabl|disabl|replac|includ|increas|reduc|correct|implement|creat|ignor)(?:e[sd]?|s|es|ed|ing)?|made|do not|don't|no longer|新增|修复|修正|移除|改进|支持|增加|更新|优化|调整)(?![\p{Ll}])/iu;

/** A line over the items of a part of the program or of a kind: `Broker:`. */
const labelLine = /^(\p{Lu}[\p{L} ]{2,29}|[\p{Script=Han}]{2,8})[:：][ \t]*$/gmu;

function kindAt({ sections }: Structure, { text }: Document, head: Head, place: number): string {
  const inner = sections.filter(({ span }) => span.start > head.start && span.start <= place).at(-1);
  const from = Math.max(head.bodyStart, inner?.bodyStart ?? 0);
  const label = [...text.slice(from, place).matchAll(labelLine)].at(-1)?.[1];
  return label ?? inner?.title.replace(/^[^\p{L}]+|[^\p{L})]+$/gu, '') ?? '';
}

/** An item that stands alone is no list: one change below its label, with the lines that go on with it. */
const loneItem = /^[-*+] +(\S.*(?:\n[ \t]+\S.*)*)/gm;

/** Items that are not inside of another item. */
function changesOf(document: Document, facts: Structure, head: Head, end: number, language: 'en' | 'zh'): Change[] {
  const items = facts.lists
    .flatMap((list) => list.items)
    .filter(({ span }) => span.start >= head.bodyStart && span.end <= end);
  const lone = [...document.text.slice(head.bodyStart, end).matchAll(loneItem)]
    .map(({ index, 0: { length }, 1: { length: own = 0 } = '' }) => ({
      span: { start: head.bodyStart + index + length - own, end: head.bodyStart + index + length },
    }))
    .filter(({ span }) => !items.some((other) => other.span.start < span.end && span.start < other.span.end));
  const outer = [...items, ...lone]
    .filter(({ span }) => !items.some((other) => other.span.start < span.start && span.end <= other.span.end))
    .sort((a, b) => a.span.start - b.span.start);
  return outer.flatMap(({ span }): Change[] => {
    const words = oneLine(document.text.slice(span.start, span.end));
    const [before = '', own] = prefix.exec(words) ?? [];
    const kind = own ?? kindAt(facts, document, head, span.start);
    if (noChange.test(kind)) return [];
    const [first = ''] = words.slice(before.length).split(/ \(\[| \(#| \([A-Z]{2,}-\d|\. (?=\p{Lu})|。/u);
    // Marks that only the makers read.
    const bare = first
      .replace(/^\[[^\]]{1,20}\]\s*/, '')
      .replace(/[.,;:，；。\s]+$/, '')
      .replace(/ \((?:no ticket|#?\d+)\)$/, '');
    const said = before !== '' || !telling.test(kind) ? before : language === 'zh' ? `${kind}：` : `${kind}: `;
    // A sentence that is too long is not quoted: cut short it may say something else.
    const quoted = bare.length <= longestQuote[language] ? bare : '';
    return [{ quote: `${said}${quoted}`, words: quoted, kind, proof: { document, span } }];
  });
}

/** Fewer are no changelog. */
const leastReleases = 4;

/** The releases that a prompt shows of a document, in its order; a reason where there are too few. */
export function releasesOf({
  document,
  facts,
  span,
}: Pick<ContextDocument, 'document' | 'facts' | 'span'>): Release[] | Refusal {
  const heads = headsOf(document, facts).filter(({ start }) => start >= span.start && start < span.end);
  const versions = heads.map(({ version }) => version);
  if (new Set(versions).size < versions.length) return 'a version stands twice';
  if (heads.length < leastReleases) return 'too few releases';
  const language = facts.language === 'zh' ? 'zh' : 'en';
  return heads.map((head, i) => {
    const end = Math.min(heads[i + 1]?.start ?? span.end, head.end, span.end);
    return {
      version: head.version,
      iso: head.iso,
      span: { start: head.start, end },
      heading: { document, span: head.date },
      changes: changesOf(document, facts, head, end, language),
    };
  });
}

/** The releases that a prompt shows of its chosen document. */
interface ChosenReleases {
  readonly entry: ContextDocument;
  readonly releases: readonly Release[];
}

/** Those of the chosen document of a context. */
export const chosenReleases = ({ documents, chosen }: Context): ChosenReleases | Refusal => {
  const entry = documents[chosen[0] ?? -1];
  if (entry === undefined) return 'no chosen document';
  const releases = releasesOf(entry);
  return typeof releases === 'string' ? releases : { entry, releases: onlySorted(releases) };
};

/** Where a changelog sorts its changes, what stands beside them is no change: `Last release of 3.x`. */
function onlySorted(releases: readonly Release[]): Release[] {
  const all = releases.flatMap(({ changes }) => changes);
  const sorted = all.filter(({ kind }) => telling.test(kind)).length;
  if (2 * sorted < all.length) return [...releases];
  return releases.map((release) => ({
    ...release,
    changes: release.changes.filter(({ kind }) => telling.test(kind)),
  }));
}

/** Whether the releases from the first to the last are the same by number as by date: 4.6.9 may come out after 5.1.0. */
function isOneRange(chosen: readonly Release[], all: readonly Release[]): boolean {
  const [first, last] = [chosen[0]?.version ?? '', chosen.at(-1)?.version ?? ''];
  return (
    chosen.every(({ version }, i) => i === 0 || isLaterVersion(version, chosen[i - 1]?.version ?? '')) &&
    all.every((one) => chosen.includes(one) || isLaterVersion(first, one.version) || isLaterVersion(one.version, last))
  );
}

/** Stretches that are drawn before there is none. */
const stretchesTried = 12;

/** Some releases that follow each other in time, all of their days among them. */
export function stretchOf(
  { entry, releases }: ChosenReleases,
  { least, most }: { readonly least: number; readonly most: number },
  random: Random,
): Release[] | Refusal {
  if (!releases.every(isDated)) return 'too few dated releases';
  // The last release of an excerpt may be cut.
  const whole = entry.span.end < entry.document.text.length ? releases.slice(0, -1) : releases;
  const dated = [...whole].sort((a, b) => (a.iso < b.iso ? -1 : 1));
  if (dated.length < least) return 'too few dated releases';
  let why: Refusal = 'too few dated releases';
  // Of a program with two lines kept up, some stretches are mixed and others are not.
  for (let i = 0; i < stretchesTried; i++) {
    const count = random.integer(least, Math.min(most, dated.length));
    const from = random.integer(0, dated.length - count);
    const chosen = dated.slice(from, from + count);
    const isOutside = dated[from - 1]?.iso === chosen[0]?.iso || dated[from + count]?.iso === chosen.at(-1)?.iso;
    if (!isOutside && isOneRange(chosen, releases)) return chosen;
    why = isOutside ? 'two releases of one day' : 'the range by number is another than by date';
  }
  return why;
}

const shownTogether = 4;

/** Runs of releases: an excerpt is drawn around one. */
export function releasePlaces(document: Document, facts: Structure): Span[] | Refusal {
  const heads = headsOf(document, facts);
  if (heads.length < leastReleases) return 'too few releases';
  const found = heads.map(({ start }, i) => ({ span: { start, end: heads[i + 1]?.start ?? document.text.length } }));
  return found
    .slice(0, 1 + found.length - shownTogether)
    .map(({ span }, i) => ({ start: span.start, end: found[i + shownTogether - 1]?.span.end ?? span.end }));
}

/** The changes of a release that can be quoted: of a kind that says what was done; they stand nowhere else in the prompt. */
const quotableChanges = (context: Context, { changes }: Release): Change[] =>
  changes.filter(
    ({ kind, quote, words }) =>
      (telling.test(kind) || doing.test(words)) &&
      words.length >= (context.language === 'zh' ? 10 : shortestQuote) &&
      !noChangeWords.test(words) &&
      quotable(quote) &&
      isClosed(quote) &&
      timesIn(context, words) === 1,
  );

/** One change each of some releases of different days. */
export function changesOfDays(
  context: Context,
  releases: readonly Release[],
  pick: (changes: readonly Change[], release: Release) => Change | undefined,
): { release: Release; change: Change }[] {
  const days = new Set<string>();
  return releases.flatMap((release) => {
    const change = days.has(release.iso) ? undefined : pick(quotableChanges(context, release), release);
    if (change === undefined) return [];
    days.add(release.iso);
    return [{ release, change }];
  });
}
