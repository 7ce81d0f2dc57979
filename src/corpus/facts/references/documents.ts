/** @file References to other documents: `[12]`, `RFC 2119`, `tidecat(1)`, `the Quays (Tolls) Act 1897`, `《图书馆暂行规定》`. */
import type { Span } from '../../document.ts';
import type { Prose } from '../../structure/prose.ts';
import { byAuthor } from './by-author.ts';
import { entriesOf, entryFor, inProse } from './entries.ts';
import { inSentence } from './named.ts';
import { ownHead, type Reference } from './reference.ts';

// The letters that all of them begin with come first: in a process with many patterns some are tried at every place otherwise, many times slower.
const document =
  /(?=[A-Z]|advisory)(?:\b(?:GB|DB\d{0,4}|QB|JB|HJ|CJJ?|JGJ|YY|DL|NY|SL|JT|SB)(?:\/[TZ])?\s?\d{1,6}(?:\.\d{1,3})?[—–-]\d{4}\b|\b(?:GB|DB\d{0,4}|QB|JB|HJ|NY|DL|YY)\/[TZ]\s?\d{2,6}(?:\.\d{1,3})?\b|\bT\/[A-Z]{2,8}\s?\d{2,5}(?:[—–-]\d{4})?\b|\b(?:Form|Standard|Sheet|Bulletin|Circular|Directive|Resolution|Leaflet|Pamphlet|Memorandum|[Aa]dvisory)\s(?:No\.\s?)?(?:[A-Z]{1,4}-)?\d{1,5}(?:[-/.]\d{1,5}){0,3}\b|\b(?:RFC|BCP|STD|PEP|FIPS|NIST SP|IEEE(?: Std)?|ISO(?:\/IEC)?|ECMA|ANSI|ASTM|DIN|IEC)[\s-]?\d{1,6}(?:[-.:]\d{1,5}){0,3}\b|\b(?:(?:BS|DIN|NF|UNE|NEN) EN(?: ISO)?|EN(?: ISO)?|BS(?: ISO)?|AS\/NZS|JIS [A-Z]|ETSI EN|UL|SAE [A-Z])\s\d{2,6}(?:-\d{1,3}){0,2}(?::(?:19|20)\d\d)?\b|\b(?:(?:Implementing |Delegated )?Regulation|Directive|Decision)\s\((?:EU|EC|EEC)\)\s(?:No\.?\s)?\d{1,4}\/\d{1,4}\b|\bDirective\s\d{2,4}\/\d{1,4}\/(?:EU|EC|EEC)\b)/g;
const citation = /\[(\d{1,3}|[A-Za-z][\w.+-]{1,30}\d[\w]?|[A-Z][A-Z\d.-]{2,20})\](?!\(|:\s|\[)/g;

/** `(#812)`, `see #412`; `see [the format guide](docs/format.md)`; `advisory QM-2024-001`; `tidecat(1)`; `the Quays (Tolls) Act 1897`. */
const otherDocuments: readonly RegExp[] = [
  /#\d{1,6}(?![\w-])(?<=(?:[(（[,;，；]\s?|\b(?:[Ss]ee|(?:closed|fixed|resolved|superseded|introduced|reported) (?:by|in)|[Ii]ssues?|[Bb]ugs?|PR|[Ff]ix(?:es|ed)?|[Cc]loses?|[Rr]efs?)\s)#\d{1,6})/g,
  /[A-Z]{2,6}-\d{2,4}(?:-\d{1,5})?\b(?<=\b(?:[Aa]dvisory|[Bb]ulletin|[Nn]otice|[Tt]icket|[Cc]ase|[Rr]eport)\s[A-Z\d-]{4,18})/g,
];
const linked =
  /(?<=\b(?:[Ss]ee|[Rr]ead|in)\s(?:also\s)?(?:the\s)?\[)[^\][\n]{2,60}(?=\]\((?!#|https?:|mailto:)[^()\s]{1,120}\))/g;
const manual = /(?<![\w./-])[a-z][\w.+-]{1,30}\([1-8][a-z]?\)/g;
/** The end of an Act's name; its beginning is looked for before it. */
const dated =
  /(?=[ACDORT])\b(?:Act|Ordinance|Regulations|Order|Code|Treaty|Convention|Directive)\s(?:of\s)?(?:1[5-9]|20)\d\d\b/g;
const ofAct =
  /(?<![\w./-])(?:\p{Lu}[\p{L}’'-]+(?:\s\(\p{Lu}[\p{L}\s]{2,40}\))?\s(?:(?:of|and|for|the|in|on)\s){0,2}){1,7}$/u;
const longestAct = 120;

interface Place {
  readonly label: string;
  readonly start: number;
}

function actsOf(text: string): Place[] {
  return Array.from(text.matchAll(dated)).flatMap(({ index, 0: end }): Place[] => {
    const name = ofAct.exec(text.slice(Math.max(0, index - longestAct), index))?.[0];
    if (name === undefined) return [];
    const lead = /^(?:The|In|Under|This|By|See|Since|When|If|An?)\s(?=\p{Lu})/u.exec(name)?.[0].length ?? 0;
    return lead === name.length ? [] : [{ label: name.slice(lead) + end, start: index - name.length + lead }];
  });
}

function byName(prose: Prose, entries: ReadonlyMap<string, readonly Span[]>): Reference[] {
  const { text, sections } = prose;
  const pages = entries.size === 0 && /^(?:#+ )?(?:SEE ALSO|SYNOPSIS)\b/m.test(text);
  const title = text.slice(0, 120).toLowerCase();
  const titles = new Set(sections.map((section) => section.title));
  const patterns = [...otherDocuments, ...(text.includes('](') ? [linked] : []), ...(pages ? [manual] : [])];
  const places = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ index, 0: label }): Place => ({ label, start: index })),
  );
  return [...places, ...actsOf(text)]
    .filter(({ label, start }) => inProse(prose, start) && !title.includes(label.toLowerCase()) && !titles.has(label))
    .map(({ label, start }) => ({ label, to: 'document', span: { start, end: start + label.length } }));
}

/** `CWS 118:2022 Ladders` at the head of a standard, which names others of its series. */
const ownNumber = /^(?:#{1,6} )?([A-Z]{2,6}(?:\/[A-Z]{1,2})?)[ -]\d{1,6}(?:[.-]\d{1,3})?(?:[:—–-]\d{4})?(?=[ \n]|: )/m;
/** `comply with EN 131-2:2010`, `符合 QHX 12—2019`. */
const coded = /(?=[A-Z])(?<![A-Z])[A-Z]{2,6}(?:\/[A-Z]{1,2})?[ -]\d{1,6}(?:[.-]\d{1,3})?[:—–-](?:19|20)\d\d\b/g;
const complied = /(?:\b(?:with|to|in|of|see|under|by) (?:the )?|(?:符合|按照?|依据|参照|见) ?)$/;

/** Documents of the series that the text itself belongs to, and those that it says are to be complied with. */
function ofSeries({ text }: Prose): { readonly label: string; readonly index: number }[] {
  const [head = '', series] = ownNumber.exec(text.slice(0, ownHead)) ?? [];
  const own = head.replace(/^#+ /, '');
  const found = [...text.matchAll(coded)].filter(({ index }) =>
    complied.test(text.slice(Math.max(0, index - 11), index)),
  );
  if (series !== undefined)
    found.push(
      ...text.matchAll(
        new RegExp(
          `(?<![\\w/-])${series}[ -]\\d{1,6}(?:\\.\\d{1,3}|-\\d{1,2}(?!\\d))?(?:[:—–-](?:19|20)\\d\\d)?(?![\\w])`,
          'g',
        ),
      ),
    );
  return found
    .map(({ index, 0: label }) => ({ index, label }))
    .filter(({ label }) => label !== own && label !== own.replace(/[:—–-]\d{4}$/, ''));
}

export function documents(prose: Prose, omit: (reason: string) => void): Reference[] {
  const { text } = prose;
  const entries = entriesOf(prose);
  const targetOf = (key: string, at: number): Span | undefined => entryFor(entries.get(key) ?? [], at);
  const found: Reference[] = [];
  const own = new Set<string>();
  for (const match of text.matchAll(document)) {
    const [label] = match;
    // Its own number, at its head, is no reference.
    if (
      match.index < ownHead &&
      !inSentence(text, match.index) &&
      !/(?:[Oo]bsoletes|[Uu]pdates|[Rr]eplaces|of|in|see|and|：)[: ]*$/.test(
        text.slice(Math.max(0, match.index - 20), match.index),
      )
    )
      own.add(label);
    if (own.has(label) || !inProse(prose, match.index)) continue;
    const target = targetOf(label.replace(/\s/g, ''), match.index);
    const apart = target === undefined || match.index < target.start || match.index >= target.end;
    if (apart)
      found.push({
        label,
        to: 'document',
        span: { start: match.index, end: match.index + label.length },
        ...(target === undefined ? {} : { target }),
      });
  }
  for (const match of text.matchAll(citation)) {
    const target = targetOf(match[1] ?? '', match.index);
    if (target === undefined) omit('citation-unresolved');
    else if ((match.index < target.start || match.index >= target.end) && inProse(prose, match.index))
      found.push({
        label: match[0],
        to: 'document',
        target,
        span: { start: match.index, end: match.index + match[0].length },
      });
  }
  for (const { label, index } of ofSeries(prose))
    if (inProse(prose, index)) found.push({ label, to: 'document', span: { start: index, end: index + label.length } });
  return [...found, ...byAuthor(prose), ...byName(prose, entries)];
}
