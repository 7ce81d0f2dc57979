/** @file Second implementations for changelogs. */
import { figures, asked as pace } from '../../../src/construction/questions/generators/release-figures/wordings.ts';
import { asked as order } from '../../../src/construction/questions/generators/releases-order/wordings.ts';
import { columns, asked as table } from '../../../src/construction/questions/generators/releases-table/wordings.ts';
import { asked as version } from '../../../src/construction/questions/generators/version-of-change/wordings.ts';
import { datesIn, dayOf } from './dates.ts';
import { type Asked, documentsOf, itemsOf, only, optionsOf, type Second, said } from './prompt.ts';

interface Release {
  readonly version: string;
  day: number;
  /** Items with the kind that they are listed as. */
  readonly items: { readonly kind: string; text: string }[];
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

function releasesOf(asked: Asked, title = ''): Release[] {
  const lines = documentsOf(asked).find((document) => document.title === title)?.lines ?? [];
  const found: Release[] = [];
  let kind = '';
  for (const [i, line] of lines.entries()) {
    if (/^={3,}$/.test(line)) continue;
    // The changelog of a Debian package: the date stands below the items.
    const packaged = /^[\w.+-]+ \(([^)]+)\) [\w ,-]+; urgency/.exec(line)?.[1];
    const signed = /^ ?-- .+>\s+\w{3}, (\d{1,2} )(\w{3}) (\d{4})/.exec(line);
    const open = found.at(-1);
    if (packaged !== undefined) found.push({ version: packaged, day: 0, items: [] });
    if (signed !== null && open !== undefined)
      open.day = Date.parse(`${signed[1]}${signed[2]} ${signed[3]} UTC`) / 86_400_000;
    if (packaged !== undefined || signed !== null) continue;
    const isUnderlined = /^={3,}$/.test(lines[i + 1] ?? '') && line !== '';
    const heading = isUnderlined ? line : (/^#+ (.*)$/.exec(line)?.[1] ?? '');
    // What the entries below are about: `Broker:`.
    const over = /^(\p{Lu}[\p{L} ]*|\p{Script=Han}+)[:：]$/u.exec(line.trim())?.[1];
    if (over !== undefined && heading === '') {
      kind = over;
      continue;
    }
    const number = /^(?:\w+ )?\[?v?(\d+\.\d+(?:\.\d+)*[\w.-]*)/.exec(heading)?.[1];
    const [date] = datesIn(heading.replace(/(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
    if (number !== undefined && date !== undefined) found.push({ version: number, day: dayOf(date), items: [] });
    if (heading !== '') kind = number === undefined ? heading.replace(/^[^\p{L}]+/u, '') : '';
    const item = /^\s*[-*] +(?:(?:\*\*)?(\p{L}+):(?:\*\*)? )?(.*)$/u.exec(line);
    const last = found.at(-1)?.items.at(-1);
    if (item === null && line.trim() !== '' && heading === '' && last !== undefined) last.text += ` ${line}`;
    if (item !== null) found.at(-1)?.items.push({ kind: kind === '' ? (item[1] ?? '') : kind, text: line });
  }
  return found.length > 0 ? found : undated(lines);
}

/** Releases of a changelog without days, numbered by their order in it. */
function undated(lines: readonly string[]): Release[] {
  const found: Release[] = [];
  for (const line of lines) {
    const version = /^(?:#+ |\*+)?(?:.{0,30} )?\[?v?(\d+(?:\.\d+)+[a-z]?)\]?[*:]*\s*$/i.exec(line)?.[1];
    const isItem = /^\s*[-*] /.test(line);
    if (version !== undefined && !isItem) found.push({ version, day: 0, items: [] });
    else if (isItem) found.at(-1)?.items.push({ kind: '', text: line });
    else if (line.trim() !== '') {
      const item = found.at(-1)?.items.at(-1);
      if (item !== undefined) item.text += ` ${line}`;
    }
  }
  const parts = (version = ''): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [first, last] = [parts(found[0]?.version), parts(found.at(-1)?.version)];
  const at = first.findIndex((part, i) => part !== last[i]);
  const isNewestFirst = (first[at] ?? 0) > (last[at] ?? 0);
  for (const [i, release] of found.entries()) release.day = isNewestFirst ? found.length - i : i;
  return found;
}

/** The one release that lists a change; of several the one in which an entry begins with it. */
function releaseOf(releases: readonly Release[], quoted: string): Release | undefined {
  const wanted = bare(quoted);
  const listing = releases.filter(({ items }) =>
    items.some(({ kind, text }) => bare(`${kind} ${text}`).includes(wanted) || bare(text).includes(wanted)),
  );
  const begun = listing.filter(({ items }) => items.some(({ text }) => bare(text).startsWith(wanted)));
  return only(listing.length > 1 ? begun : listing);
}

/** The changes that a question lists, each with its release; undefined where one cannot be found. */
function changesOf(asked: Asked, title = ''): { readonly label: string; readonly release: Release }[] | undefined {
  const releases = releasesOf(asked, title);
  const quotations = itemsOf(asked.question).filter(({ text }) => text.startsWith('“'));
  const found = quotations.flatMap(({ label, text }) => {
    const release = releaseOf(releases, text);
    return release === undefined ? [] : [{ label, release }];
  });
  return found.length === quotations.length && found.length > 0 ? found : undefined;
}

const versionOfChange: Second = (asked) => {
  const changes = changesOf(asked, version.read(asked.question)?.document);
  const last = changes?.sort((a, b) => b.release.day - a.release.day)[0]?.release.version;
  const letter = only(optionsOf(asked.question).filter(({ text }) => text.replace(/^v/, '') === last))?.letter;
  return letter === undefined ? undefined : [letter];
};

const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const releaseFigures: Second = (asked) => {
  const { document, what } = pace.read(asked.question) ?? {};
  const all = releasesOf(asked, document);
  const { kind: figure, slots = {} } = said(figures, what) ?? {};
  const inside = all.filter(({ day }) => (slots.from ?? '') <= isoOf(day) && isoOf(day) <= (slots.to ?? ''));
  if (figure === 'items') {
    const items = inside.flatMap((release) => release.items);
    return [String(items.filter((item) => bare(item.kind) === bare(slots.kind ?? '')).length)];
  }
  const days = inside.map(({ day }) => day).sort((x, y) => x - y);
  return days.length < 2 ? undefined : [String(Math.max(...days.map((day, i) => day - (days[i - 1] ?? day))))];
};

const releasesOrder: Second = (asked) =>
  changesOf(asked, order.read(asked.question)?.document)
    ?.sort((a, b) => a.release.day - b.release.day)
    .map(({ label }) => label);

const releasesTable: Second = (asked) => {
  const { document, from: first, to: last, kind = '' } = table.read(asked.question) ?? {};
  const all = releasesOf(asked, document);
  const [from = '', to = ''] = [first, last].map((version) => {
    const end = all.find(({ version: number }) => number === version);
    return end === undefined ? undefined : isoOf(end.day);
  });
  const rows = all
    .map(({ version: number, day, items }) => ({
      number,
      date: isoOf(day),
      count: items.filter((item) => bare(item.kind) === bare(kind)).length,
    }))
    .filter(({ date }) => from <= date && date <= to)
    .map(({ number, date, count }) => [number, date, String(count)]);
  return rows.length === 0 ? undefined : [JSON.stringify({ columns: [...columns[asked.language], kind], data: rows })];
};

/** By the id of the generator. */
export const releases: Readonly<Record<string, Second>> = {
  'version-of-change': versionOfChange,
  'release-figures': releaseFigures,
  'releases-order': releasesOrder,
  'releases-table': releasesTable,
};
