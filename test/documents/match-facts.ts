/** @file Sections, names and facts of prose against labels, by overlap of text. */
import { bare, fold, overlaps, sameName } from './fold.ts';
import type { FoundFacts } from './found.ts';
import { type Labels, maybeOf } from './labels.ts';
import type { MarkSheet } from './marks.ts';
import { unitOf } from './match-tables.ts';

/** One kind of fact: when a found one is about a labelled one, and what is wrong with it then. */
interface Comparison<L, F> {
  readonly kind: string;
  readonly labels: readonly L[] | undefined;
  readonly found: readonly F[];
  readonly maybe: readonly string[];
  readonly about: (found: F, label: L) => boolean;
  /** Undefined where it is right. */
  readonly fault?: (found: F, label: L) => string | undefined;
  readonly wordLabel: (label: L) => string;
  readonly wordFound: (found: F) => string;
  /** Whether a found one that no label is about may be argued for by this text. */
  readonly arguable?: (found: F, maybe: string) => boolean;
}

/**
 * Each label takes the best of the found facts that are about it; a second mention of the same is neither right nor wrong.
 */
function compare<L, F>(comparison: Comparison<L, F>, sheet: MarkSheet): void {
  const { kind, labels, found, maybe, about, fault, wordLabel, wordFound, arguable } = comparison;
  if (labels === undefined) return;
  const used = new Set<F>();
  for (const label of labels) {
    const about_ = found.filter((each) => about(each, label));
    const fit = about_.filter((each) => fault?.(each, label) === undefined);
    const match = fit.find((each) => !used.has(each)) ?? fit[0];
    const off = about_.find((each) => !used.has(each));
    if (match !== undefined) sheet.add(kind, 'right', wordLabel(label));
    else if (off !== undefined) sheet.wrong(kind, `${wordLabel(label)}, ${fault?.(off, label) ?? ''}`);
    else sheet.add(kind, 'miss', wordLabel(label));
    if (match !== undefined) used.add(match);
    else if (off !== undefined) used.add(off);
  }
  for (const each of found) {
    if (used.has(each)) continue;
    if (labels.some((label) => about(each, label) && fault?.(each, label) === undefined)) continue;
    const may = arguable ?? ((fact: F, text: string) => overlaps(wordFound(fact), text));
    if (maybe.some((text) => may(each, text))) continue;
    // Wrong about a label: said above, where no other fact was right about it.
    sheet.add(kind, 'alarm', wordFound(each));
  }
}

type Headed = { readonly title: string; readonly number?: string | undefined };

/** What may stand before a title: its number, with or without what it counts. */
const numbering =
  /^(?:appendix|annex|chapter|section|part|item|article|act|scene|第|附录)?[\d.ivxlca-z一二三四五六七八九十百]{0,6}[章节節条條部分篇、.:-]*$/;

/** `[2.4.0] - 2024-05-17` and `v2.4.0` are one heading. */
const versionOf = (title: string): string | undefined =>
  /^\[?v?(\d+(?:\.\d+)+)\]?(?:\s*[-–—(（].*)?$/.exec(title.trim())?.[1];

function sectionIs(found: Headed, label: Headed): boolean {
  const version = versionOf(label.title);
  if (version !== undefined && version === versionOf(found.title)) return true;
  const [wanted, whole] = [bare(label.title), bare(`${label.number ?? ''} ${label.title}`)];
  const titles = [bare(found.title), bare(`${found.number ?? ''} ${found.title}`)];
  if (titles.some((title) => title === wanted || title === whole)) return true;
  const own = titles[0] ?? '';
  return wanted !== '' && own.endsWith(wanted) && numbering.test(own.slice(0, -wanted.length));
}

/** Levels count from the first labelled section that was found. */
export function scoreSections(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  const pairs = (labels.sections ?? []).flatMap((label) => {
    const section = found.sections.find((each) => sectionIs(each, label));
    return section === undefined || label.level === undefined ? [] : [section.level - label.level];
  });
  const base = pairs[0] ?? 0;
  compare(
    {
      kind: 'sections',
      labels: labels.sections,
      found: found.sections,
      maybe: [
        ...maybeOf(labels, 'sections'),
        ...((labels.summaries ?? []).length > 0 ? ['abstract', 'summary', '摘要'] : []),
      ],
      about: sectionIs,
      fault: (section, { level }) =>
        level === undefined || section.level - base === level
          ? undefined
          : `level ${level}, found ${section.level - base}`,
      wordLabel: ({ title, number }) => `${number ?? ''} ${title}`.trim(),
      wordFound: ({ title, number }) => `${number ?? ''} ${title}`.trim(),
      arguable: ({ title }, text) => overlaps(title, text),
    },
    sheet,
  );
}

export function scoreNames(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'names',
      labels: labels.names,
      found: found.names,
      maybe: maybeOf(labels, 'names'),
      about: (each, label) => sameName(each.name, label.name),
      fault: (each, label) =>
        each.kind === undefined || each.kind === label.kind
          ? undefined
          : `${label.kind}, found ${each.kind} "${each.name}"`,
      wordLabel: ({ name, kind }) => `${name} (${kind})`,
      wordFound: ({ name, kind, count }) => `${name} (${kind ?? 'no kind'}, ${count})`,
      arguable: (each, text) => sameName(each.name, text) || overlaps(each.name, text),
    },
    sheet,
  );
}

function scoreDefinitions(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'definitions',
      labels: labels.definitions,
      found: found.definitions,
      maybe: maybeOf(labels, 'definitions'),
      about: (each, label) => overlaps(each.term, label.term),
      fault: (each, label) => (overlaps(each.meaning, label.meaning) ? undefined : `found "${each.meaning}"`),
      wordLabel: ({ term, meaning }) => `${term}: ${meaning}`,
      wordFound: ({ term, meaning }) => `${term}: ${meaning}`,
    },
    sheet,
  );
}

/** `Section~\\ref{sec:results}` is read as `Section 3`: then the target alone can tell. */
function isReference(found: { readonly label: string }, label: { readonly label: string }): boolean {
  const raw = /^(.*?)\\(?:\w*ref)\{/.exec(label.label);
  return raw === null ? overlaps(found.label, label.label) : bare(found.label).startsWith(bare(raw[1] ?? ''));
}

function scoreReferences(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'references',
      labels: labels.references,
      found: found.references,
      maybe: maybeOf(labels, 'references'),
      about: isReference,
      fault: (each, { target }) =>
        target === undefined || each.target === undefined || fold(each.target).includes(bare(target))
          ? undefined
          : `to "${target}", found "${each.target}"`,
      wordLabel: ({ label, to }) => `${label} (${to})`,
      wordFound: ({ label, to }) => `${label} (${to ?? ''})`,
    },
    sheet,
  );
  for (const label of labels.references ?? []) {
    if (label.target === undefined) continue;
    const resolved = found.references.some(
      (each) => isReference(each, label) && fold(each.target ?? '').includes(bare(label.target ?? '')),
    );
    sheet.add('reference targets', resolved ? 'right' : 'miss', `${label.label} > ${label.target}`);
  }
}

function scoreQuotations(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  const known = labels.quotations ?? [];
  compare(
    {
      kind: 'quotations',
      labels: labels.quotations,
      found: found.quotations,
      maybe: maybeOf(labels, 'quotations'),
      about: (each, label) => overlaps(each.text, label.text),
      fault: (each, { speaker }) =>
        speaker === undefined || each.speaker === undefined || sameName(each.speaker, speaker)
          ? undefined
          : `by ${speaker}, found ${each.speaker}`,
      wordLabel: ({ text }) => text,
      wordFound: ({ text, speaker }) => `${text}${speaker === undefined ? '' : ` (${speaker})`}`,
    },
    sheet,
  );
  for (const { text, speaker } of known) {
    if (speaker === undefined) continue;
    const same = found.quotations.find((each) => fold(each.text) === fold(text));
    const named = (same ?? found.quotations.find((each) => overlaps(each.text, text)))?.speaker;
    if (named === undefined) sheet.add('quotation speakers', 'miss', `${speaker}: ${text}`);
    else if (sameName(named, speaker)) sheet.add('quotation speakers', 'right', `${speaker}: ${text}`);
    else {
      sheet.wrong('quotation speakers', `${speaker}: ${text}, found ${named}`);
      sheet.add('quotation speakers', 'wrong-speaker', `${speaker}: ${text}, given to ${named}`);
    }
  }
}

function scoreEvents(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'events',
      labels: labels.events,
      found: found.events,
      maybe: maybeOf(labels, 'events'),
      about: (each, label) => overlaps(each.sentence, label.contains),
      fault: (each, label) => (each.iso === label.date ? undefined : `${label.date}, found ${each.iso}`),
      wordLabel: ({ date, contains }) => `${date} ${contains}`,
      wordFound: ({ iso, sentence }) => `${iso} ${sentence}`,
    },
    sheet,
  );
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** `hours` for `hour`, `USD` for `$`, `km` within `km per hour`. */
const sameUnit = (a: string, b: string): boolean => {
  const [x, y] = [unitOf(a), unitOf(b)];
  return x === y || bare(a) === bare(b) || (x !== '' && y !== '' && (x.startsWith(y) || y.startsWith(x)));
};

function scoreQuantities(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'quantities',
      labels: labels.quantities,
      found: found.quantities,
      maybe: maybeOf(labels, 'quantities'),
      about: (each, label) => overlaps(each.text, label.text),
      fault: (each, { value, unit }) => {
        if (value !== undefined && !each.values.some((own) => near(own, value)))
          return `${value}, found ${each.values.join(' or ')}`;
        return unit === undefined || sameUnit(each.unit, unit) ? undefined : `${unit}, found unit "${each.unit}"`;
      },
      wordLabel: ({ text }) => text,
      wordFound: ({ text, unit }) => `${text} (${unit})`,
    },
    sheet,
  );
}

/** Each found list belongs to the labelled one that shares most items with it; its items count there. */
function scoreLists(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  if (labels.lists === undefined && labels.steps === undefined) return;
  const groups = [
    ...(labels.steps ?? []).map((items) => ({ kind: 'steps', items })),
    ...(labels.lists ?? []).map((items) => ({ kind: 'lists', items })),
  ];
  const maybe = [...maybeOf(labels, 'lists'), ...maybeOf(labels, 'steps')];
  const got = new Set<string>();
  for (const list of found.lists) {
    const counts = groups.map(
      ({ items }) => list.items.filter((own) => items.some((item) => overlaps(own, item))).length,
    );
    const most = Math.max(0, ...counts);
    const group = most === 0 ? undefined : groups[counts.indexOf(most)];
    const kind = group?.kind ?? (list.steps && labels.steps !== undefined ? 'steps' : 'lists');
    if (labels[kind === 'steps' ? 'steps' : 'lists'] === undefined) continue;
    for (const own of list.items) {
      const item = group?.items.find((each) => overlaps(own, each));
      if (item !== undefined) got.add(`${kind}|${item}`);
      else if (!maybe.some((text) => overlaps(own, text) || list.items.some((other) => overlaps(other, text))))
        sheet.add(kind, 'alarm', own);
    }
  }
  for (const { kind, items } of groups)
    for (const item of items) sheet.add(kind, got.has(`${kind}|${item}`) ? 'right' : 'miss', item);
}

/** How much of both texts is shared, by where they stand in the document. */
function summaryFault(own: string, starts: string, ends: string, text: string): string | undefined {
  const whole = fold(text);
  const from = whole.indexOf(fold(starts));
  const to = whole.indexOf(fold(ends), from) + fold(ends).length;
  const folded = fold(own);
  const at = whole.indexOf(folded);
  if (from < 0 || at < 0) return 'not to be found in the text';
  const both = Math.max(0, Math.min(to, at + folded.length) - Math.max(from, at));
  const union = Math.max(to, at + folded.length) - Math.min(from, at);
  return both / union >= 0.5 ? undefined : `found "${own.slice(0, 60)} ... ${own.slice(-40)}"`;
}

function scoreSummaries(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  compare(
    {
      kind: 'summaries',
      labels: labels.summaries,
      found: found.summaries,
      maybe: maybeOf(labels, 'summaries'),
      about: (each, { starts, ends }) => overlaps(each.text, starts) || overlaps(each.text, ends),
      fault: (each, { starts, ends }) => summaryFault(each.text, starts, ends, found.text),
      wordLabel: ({ kind, starts }) => `${kind}: ${starts}`,
      wordFound: ({ kind, text }) => `${kind}: ${text}`,
    },
    sheet,
  );
}

/** All facts of prose. */
export function scoreFacts(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  scoreDefinitions(labels, found, sheet);
  scoreReferences(labels, found, sheet);
  scoreQuotations(labels, found, sheet);
  scoreEvents(labels, found, sheet);
  scoreQuantities(labels, found, sheet);
  scoreLists(labels, found, sheet);
  scoreSummaries(labels, found, sheet);
}
