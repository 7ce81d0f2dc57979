/**
 * @file Names that one place of the text proves: who a mail is from, fields and bylines of the head, the cells of a table whose heading says
 * what they name, statutes with their year, and the program or product that a page is about.
 */
import type { Span } from '../../document.ts';
import type { Table } from '../../tables/table.ts';
import type { NameKind } from './name.ts';
import {
  adjectives,
  commonWords,
  givenNames,
  noNames,
  organisationTails,
  otherTails,
  placeTails,
  workTails,
} from './name-words.ts';
import type { NameRun } from './scan-names.ts';

/** A name, and what the place says that it names. */
export interface ProvenMention extends Span {
  readonly name: string;
  readonly kind: NameKind;
}

const word = "\\p{Lu}[\\p{L}\\p{M}]{0,30}(?:[’'-]\\p{L}{1,30}){0,2}";
const full = `${word}(?: (?:(?:van|von|de|der|den|del|la|di|bin|al) ){0,2}(?:\\p{Lu}\\.|${word})){1,3}`;
const mail = new RegExp(`(?<![\\p{L}.'’-])(${full}) <[^<>\\s@]{1,60}@`, 'gu');
const field = new RegExp(
  `^(?:Owner|Authors?|Written by|Prepared by|Reported by|Compiled by|Translated by|Edited by|Approved by|Chair(?:man|woman|person)?|Commander|Contact|Host|Guest|Speaker|Editor|Reporter|Photographer|Photo|Narrator|Client|Applicant|Tenant|Landlord|Instructor|Teacher|Interviewer|Interviewee|Signed|Clerk|Secretary|Maintainer|Delivered by|Story by|Words by)[:.]? \\*{0,2}(${full})(?=\\*{0,2}(?:$|[\\n,;(|]))`,
  'gmu',
);
const sign = '[¹²³⁴⁵*†‡,\\d ]{0,6}';
const byline = new RegExp(
  `^[*_]{0,2}([Bb]y )?(${full}${sign}(?:(?:, | and | & |, and )${full}${sign}){0,7})[*_]{0,2}(?:[,|] [^\\n]{0,80})?$`,
  'gmu',
);
const each = new RegExp(full, 'gu');
const statuteEnd = / (?=[ADOR])(?:Act|Order|Regulations|Rules|Directive|Ordinance) (?:1[5-9]|20)\d\d(?!\d)/g;
const statuteStart =
  /(?<![\p{L}’-])\p{Lu}[\p{L}’'-]{1,30}(?: (?:\(\p{Lu}[\p{L} ]{1,40}\)|(?:and|of|the|in) \p{Lu}[\p{L}’'-]{1,30}|\p{Lu}[\p{L}’'-]{1,30})){0,6}$/u;

/** Characters of the head in which bylines and titles stand. */
const head = 2500;

const isPersons = (name: string): boolean =>
  name
    .split(' ')
    .every(
      (one) =>
        givenNames.has(one) ||
        !(
          commonWords.has(one) ||
          noNames.has(one) ||
          organisationTails.has(one) ||
          placeTails.has(one) ||
          workTails.has(one) ||
          otherTails.has(one)
        ),
    );

const mention = (name: string, start: number, kind: NameKind): ProvenMention => ({
  name,
  kind,
  start,
  end: start + name.length,
});

function* persons(text: string): Generator<ProvenMention> {
  if (text.includes('@'))
    for (const match of text.matchAll(mail))
      if (isPersons(match[1] ?? '')) yield mention(match[1] ?? '', match.index, 'person');
  for (const match of text.slice(0, 2 * head).matchAll(field)) {
    const name = match[1] ?? '';
    if (isPersons(name)) yield mention(name, match.index + match[0].indexOf(name, match[0].search(/[:. ]/)), 'person');
  }
  for (const match of text.slice(0, head).matchAll(byline)) {
    const all = [...(match[2] ?? '').matchAll(each)];
    // `Ann Orr and Bo Lind, Hale Field Station`: where they work stands behind.
    const names = all.length > 1 && !isPersons(all.at(-1)?.[0] ?? '') ? all.slice(0, -1) : all;
    const several = names.length > 1 && match.index < head / 3;
    const sure = match[1] !== undefined || several || names.some(([name]) => givenNames.has(name.split(' ')[0] ?? ''));
    if (!sure || !names.every(([name]) => isPersons(name))) continue;
    const from = match.index + match[0].indexOf(match[2] ?? '');
    for (const { 0: name, index } of names) yield mention(name, from + index, 'person');
  }
}

/** What the cells of a column name, by its heading. */
const headings: readonly (readonly [NameKind, RegExp])[] = [
  [
    'person',
    /^(?:name|full name|person|author|editor|employee|member|student|teacher|player|speaker|artist|director|chair|contact|staff|owner|captain|keeper|姓名|作者|学生|教师|员工|负责人|联系人|选手)$/i,
  ],
  [
    'place',
    /^(?:place|site|town|city|village|county|country|region|district|ward|parish|province|state|river|lake|reservoir|island|port|harbour|harbor|location|station|reach|valley|地点|地区|区县|区|县|市|城区|城市|街道|乡镇|村|站点|车站|水库|省份|国家|片区)$/i,
  ],
  [
    'organisation',
    /^(?:company|organi[sz]ation|bank|supplier|manufacturer|publisher|employer|university|school|club|team|firm|agency|公司|单位|学校|机构|供应商|银行|部门)$/i,
  ],
];
const cell = /^\p{Lu}[\p{L}’'.-]+(?: (?:of|the|&|\p{Lu}[\p{L}’'.-]*)){0,4}$|^\p{Script=Han}{2,8}$/u;
const noCell =
  /^(?:Total|Totals|Mean|Average|Other|Others|All|None|Unknown|Subtotal|合计|总计|小计|平均|其他|全市|全省|全区|全国|合 计)$/;
const isGenericCell = (value: string): boolean =>
  commonWords.has(value) ||
  noNames.has(value) ||
  adjectives.has(value) ||
  placeTails.has(value) ||
  /^(?:North|South|East|West)[- ]?(?:east|west)?$/i.test(value);
const mostCells = 3000;

function* cells(tables: readonly Table[]): Generator<ProvenMention> {
  let looked = 0;
  for (const { columns, rows } of tables)
    for (const [at, { header }] of columns.entries()) {
      const kind = headings.find(([, pattern]) => pattern.test(header.trim()))?.[0];
      if (kind === undefined) continue;
      for (const row of rows) {
        const one = row.cells[at];
        if (one === undefined || row.total || row.heading || looked++ > mostCells) continue;
        const { value, span } = one;
        if (span.end - span.start !== value.length || !cell.test(value) || noCell.test(value)) continue;
        if (kind === 'person' ? !isPersons(value) || !/ |\p{Script=Han}/u.test(value) : isGenericCell(value)) continue;
        yield { name: value, kind, start: span.start, end: span.end };
      }
    }
}

/** Pages that say in their title what program or product they are about. */
const subjects: readonly RegExp[] = [
  /notable changes to (?:the )?[*_`]{0,2}([\p{L}\d][\p{L}\d.+-]{1,30}(?: \p{Lu}[\p{L}\d]{1,20})?)[*_`]{0,2} /u,
  /\bNEWS for ([\p{L}\d][\p{L}\d.+-]{1,30})\b/u,
  /^\W{0,4}(\p{Lu}[\p{L}\d+-]{1,30}) \d+(?:\.\d+)* NEWS\b/mu,
  /\bChanges in (\p{Lu}[\p{L}\d+-]{1,30}) \d/u,
  /^#{0,2} ?NAME\n+[ \t]*([\p{L}\d][\p{L}\d._+-]{1,30}) (?:-|–|—|\\-) /mu,
  /^#{0,2} ?(\p{Lu}[\p{L}\d+-]{1,30}(?: \p{Lu}[\p{L}\d]{1,20})?)[:,]? (?:[Cc]hange ?[Ll]og|[Rr]elease [Nn]otes|[Rr]elease [Hh]istory|[Dd]ocumentation|[Uu]ser [Gg]uide|[Uu]ser [Mm]anual)$/mu,
  /^#{0,2} ?(\p{Lu}[\p{L}\d+-]{1,30}(?: \p{Lu}[\p{L}\d]{1,20})? API)$/mu,
];
const mostMentions = 10_000;

/** All places of the name of what the page is about. */
function* subject(text: string): Generator<ProvenMention> {
  const page = text.slice(0, head);
  const name = subjects.map((pattern) => pattern.exec(page)?.[1]).find((one) => one !== undefined);
  if (name === undefined || /^(?:this|the|all)$/i.test(name) || commonWords.has(name) || noNames.has(name)) return;
  let count = 0;
  for (let at = text.indexOf(name); at >= 0 && count < mostMentions; at = text.indexOf(name, at + name.length)) {
    if (/[\p{L}\d_/.-]/u.test(text[at - 1] ?? ' ') || /[\p{L}\d_/]/u.test(text[at + name.length] ?? ' ')) continue;
    count++;
    yield mention(name, at, 'term');
  }
}

/** `Apiaries (Registration) Act 2014`: from the year back to where its capitals begin. */
function* statutes(text: string): Generator<ProvenMention> {
  for (const { 0: tail, index } of text.matchAll(statuteEnd)) {
    const lead = statuteStart.exec(text.slice(Math.max(0, index - 120), index))?.[0];
    if (lead === undefined) continue;
    const own = lead.replace(/^(?:The|This|Under|In|See|And|By|To|Of) (?:the )?/, '');
    yield mention(own + tail, index - own.length, 'work');
  }
}

/** `Institute for Seed Heritage`, `Joint Committee on Rural Services`; `RFC 2119`, `ISO 9001:2015`. */
const bodies =
  /(?<![\p{L}’'-])(?:\p{Lu}\p{L}+ ){0,2}(?:Institute|Centre|Center|Society|Association|Foundation|Committee|Commission|Council|Office|Campaign|Trust|Agency|Bureau|Board|Fund|Department|Ministry|Federation|Alliance|Network|Port Authority|Group|Inquiry) (?:for|on|of) (?:the )?\p{Lu}\p{L}+(?: (?:and|of|for|&) (?:the )?\p{Lu}\p{L}+| \p{Lu}\p{L}+){0,4}/gu;
const standards =
  /(?<![\p{L}\d/])(?:RFC|ISO(?:\/IEC)?|IEC|EN|DIN|ASTM|ANSI|BS EN|BS|GB(?:\/T)?|T\/[A-Z]{2,8}|DB\d{2}(?:\/T)?|JJG|HJ) ?[A-Z]?\d{2,6}(?:[.:-]\d{1,4})*(?:[—–-](?:19|20)\d\d)?(?![\d.]*\d)/gu;

const bodyHead =
  /(?=[ABCDFGIMNOPST])(?:Institute|Centre|Center|Society|Association|Foundation|Committee|Commission|Council|Office|Campaign|Trust|Agency|Bureau|Board|Fund|Department|Ministry|Federation|Alliance|Network|Port Authority|Group|Inquiry) (?:for|on|of) (?:the )?\p{Lu}/gu;
/** Characters before the head of a body's name in which its first words stand. */
const leadOfBody = 60;

/** The bodies are looked for around their heads alone, which a text has few of. */
function* bodiesIn(text: string): Generator<{ readonly found: string; readonly index: number }> {
  let done = 0;
  for (const { index } of text.matchAll(bodyHead)) {
    if (index < done) continue;
    const from = Math.max(done, text.lastIndexOf('\n', index) + 1, index - leadOfBody);
    for (const match of text.slice(from, index + 200).matchAll(bodies)) {
      if (from + match.index > index) break;
      if (from + match.index + match[0].length <= index) continue;
      done = from + match.index + match[0].length;
      yield { found: match[0], index: from + match.index };
      break;
    }
  }
}

function* institutions(text: string): Generator<ProvenMention> {
  const named = new Map<string, number>();
  const found = Array.from(bodiesIn(text), (body) => ({
    name: body.found.replace(/^(?:The|This|That|An?|In|At|By|For|Our|And|But) /, ''),
    end: body.index + body.found.length,
  })).filter(({ name }) => !name.includes('\n'));
  for (const { name } of found) named.set(name, (named.get(name) ?? 0) + 1);
  for (const { name, end } of found)
    if ((named.get(name) ?? 0) > 1) yield mention(name, end - name.length, 'organisation');
  for (const { 0: name, index } of text.matchAll(standards)) yield mention(name, index, 'work');
}

/** In text order, none within another. */
export function provenMentions(text: string, tables: readonly Table[]): ProvenMention[] {
  const all = [...persons(text), ...cells(tables), ...subject(text), ...statutes(text), ...institutions(text)];
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return all.filter((one) => {
    if (one.start < end) return false;
    end = one.end;
    return true;
  });
}

/** Two lists in text order as one. */
function mergeRuns(a: readonly NameRun[], b: readonly NameRun[]): NameRun[] {
  const merged: NameRun[] = [];
  let at = 0;
  for (const run of a) {
    for (let next = b[at]; next !== undefined && next.start < run.start; next = b[++at]) merged.push(next);
    merged.push(run);
  }
  return [...merged, ...b.slice(at)];
}

/** Runs of the scan outside of what is proven, and the proven ones, in text order. */
export function withProven(runs: readonly NameRun[], proven: readonly ProvenMention[]): NameRun[] {
  if (proven.length === 0) return [...runs];
  const own = proven.map(
    ({ kind, ...rest }): NameRun => ({
      ...rest,
      title: undefined,
      inside: true,
      initial: false,
      possessive: false,
      proof: kind,
    }),
  );
  let at = 0;
  const free = runs.filter(({ start, end }) => {
    while (at < own.length && (own[at]?.end ?? 0) <= start) at++;
    return end <= (own[at]?.start ?? Number.POSITIVE_INFINITY);
  });
  return mergeRuns(free, own);
}
