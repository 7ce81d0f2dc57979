/**
 * @file Chinese names by kind, without a segmenter's guess: script shows no capitals, so that a name is told by what stands beside it (a title,
 * a verb of speech, `《》`, `·`), by what ends it (`县`, `公司`), and by standing in the text again with other neighbours.
 */

import type { Span } from '../../document.ts';
import { chineseSubject, provenNames, shortPlaces } from './chinese-evidence.ts';
import {
  foreign,
  knownOrganisations,
  knownPlaces,
  longSurnames,
  namingTitles,
  organisationTails,
  particles,
  placeTails,
  surnames,
  titlesBefore,
  titlesBehind,
  verbsBehind,
} from './chinese-words.ts';
import { countriesIn } from './countries.ts';
import { isRole } from './join-names.ts';
import type { Name, NameKind, SpeakerMention } from './name.ts';

const countries = countriesIn('zh-Hans', /^\p{Script=Han}{2,7}$/u);
const places: ReadonlySet<string> = new Set(
  [...knownPlaces, ...countries].filter((name) => !knownOrganisations.includes(name)),
);

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** Whether the characters are a word of the dictionary, or begin with one: `金融`, `方面的`. Names of three characters stand there as names. */
function isWord(name: string): boolean {
  const [first = '', ...rest] = [...words.segment(name)].map(({ segment }) => segment);
  return rest.length === 0 ? name.length === 2 : first.length > 1;
}

/** Whether the dictionary has a word of the last two characters: `高速路` is no name. */
const anyWord = (name: string): boolean =>
  [...words.segment(name)].some(({ segment, isWordLike }) => segment.length > 1 && isWordLike === true);

/** `石桥镇`, `白音站`: no given name ends so. */
const ofPlace = /[县镇市省区村站厂局版]$/;

type Found = Map<string, { kind: NameKind; spans: Map<number, number> }>;

/** `西门钟楼` is no person, although `西门` is a surname. */
const noPerson = new RegExp(
  `(?:${[...placeTails.split('|'), ...organisationTails.split('|')].filter((tail) => /^\p{Script=Han}{2,}$/u.test(tail)).join('|')})$`,
);

function add(found: Found, name: string, kind: NameKind, start: number): void {
  if (kind === 'person' && name.length > 2 && (noPerson.test(name) || ofPlace.test(name))) return;
  const entry = found.get(name) ?? { kind, spans: new Map<number, number>() };
  entry.spans.set(start, start + name.length);
  found.set(name, entry);
}

const surname = `(?:${longSurnames.join('|')}|[${surnames}])`;
const given = '\\p{Script=Han}';
const behind = new RegExp(
  `(?=(${surname}${given}{1,2}?)(?:${titlesBehind}|说|道|问|答|笑|想|喊|叫|表示|认为|指出|强调|介绍|告诉|透露|坦言|回忆|解释|建议|补充|接着|摇头|点头|[:：]))`,
  'gu',
);
const before = new RegExp(`(?:${titlesBefore})[ 　]?(?=(${surname}${given}{1,2})(${given}?))`, 'gu');
const naming = new RegExp(`(?<![${surnames}])(${surname}(?:${namingTitles}))`, 'gu');
/** `老周说`, `小李问`, `阿桂：`: what somebody is called who speaks. */
const called = new RegExp(
  `((?:[老小][${surnames}]|阿${given})(?:嫂|叔|伯|婆|公|哥|姐|爹|娘)?)(?:说|道|问|答|笑|喊|叫|想|[:：])`,
  'gu',
);
const notCalled = /^(?:小康|小金|小石|小龙|小马|小江|老龙|老江|老马|小鲁|小夏|小万|阿[拉里姨富尔根弟妈爸斗胶飞]|小时)/;
const dotted = new RegExp(`([${foreign}]{1,7}(?:[·・•][${foreign}]{1,8}){1,3})`, 'gu');
const works = /《([^《》\n]{1,40})》/g;
const ends = new RegExp(`(?:${verbsBehind}|[${particles}]|[^\\p{Script=Han}]|$)`, 'uy');

/** A name behind a pause and before a particle or verb, as sentences begin. */
const loose = new RegExp(`(?<!${given})(${surname}${given}{2})(?=${verbsBehind}|[${particles}])`, 'gu');
/** A name between what is none: three characters of which no dictionary has two. */
const between = new RegExp(
  `(?<=^|[^\\p{Script=Han}]|[是由与和请问找给对让叫被把跟])(${surname}${given}{2})(?=[^\\p{Script=Han}]|$|[的了是在和与把不就又也都从向对说问]|养|来|去|用|更)`,
  'gmu',
);

/** Names in a row: \`李鹏、乔石、朱镕基\`. */
const row = new RegExp(
  `(?<!${given})(?:${surname}${given}{1,2}[、和]){2,40}${surname}${given}{1,2}(?=[、，。；等)）\n])`,
  'gu',
);

/** Characters that no given name ends in. */
const notGiven =
  /[的了是在和与及等到将也都不就又还从对把被说道问答者们家人指副任]$|同志|先生|女士|主席|总理|总统|书记|教授|老汉|工作|全国|港元|万元|管理|信中|高层|关于|方面|项目|问题|市长|省长|部长|经理/;

/** Full names of persons whom a title or a verb of speech shows once. */
function persons(text: string): string[] {
  const seen = new Map<string, number>();
  const count = (name: string): void => void seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const [, name = ''] of text.matchAll(behind)) count(name);
  for (const match of text.matchAll(before)) {
    const [, name = '', next = ''] = match;
    const start = match.index + match[0].length;
    // `主席江泽民`: of two lengths the one behind which something else begins; else both are tried.
    const short = name.slice(0, -1);
    ends.lastIndex = start + name.length;
    const isLong = next === '' || ends.test(text);
    ends.lastIndex = start + short.length;
    const isShort = short.length >= 2 && ends.test(text);
    if (isLong || !isShort) count(name);
    if (isShort || (!isLong && short.length >= 2)) count(short);
  }
  for (const [name] of countOf([...text.matchAll(loose)].map((match) => match[1] ?? '')).filter(
    ([, times]) => times >= 2,
  ))
    count(name);
  const apart = countOf([...text.matchAll(between)].map((match) => match[1] ?? ''));
  for (const [name] of apart.filter(([name, times]) => times >= 2 && !isWord(name) && !anyWord(name))) count(name);
  for (const name of comingBack(text)) count(name);
  for (const [names] of text.matchAll(row)) {
    const items = names.split(/[、和]/).filter((name) => name.length >= 2);
    if (items.length >= 4 || items.some((name) => seen.has(name))) for (const name of items) count(name);
  }
  return [...seen.keys()].filter((name) => !notGiven.test(name));
}

/** What stands before a name: no word, one that leads to somebody, or what he is. */
const leadsTo =
  /[^\p{Script=Han}]$|^$|[是由与和同请找给对让叫被把跟向问为及随陪替等到称令使派]$|(?:先|女)[生士]$|[家员长师者士商友徒伴匠客侠生]$/u;
const followsName = new RegExp(
  `^(?:${verbsBehind}|[${particles}]|[^\\p{Script=Han}]|$|[于曾则先因出任已就能会要可说道问指提汇听见把手正才没主共家拿站看想只却仍再还饰所])`,
  'u',
);
const anyPerson = new RegExp(`(?=(${`(?:${longSurnames.join('|')})${given}|[${surnames}]${given}{2}`}))`, 'gu');
const leastLed = 0.5;
/** Places end so more often than given names. */
const notLast = /[乡州港湖河江山桥街路巷所院馆社楼寺塔库渠岛湾滩]$/;

/** Three characters with a surname that come back among other neighbours, and of which the dictionary has no two. */
function comingBack(text: string): string[] {
  const counts = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(anyPerson)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const often = [...counts].filter(
    ([name, times]) => times >= 2 && !notGiven.test(name) && !notLast.test(name) && !isWord(name) && !anyWord(name),
  );
  return often
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostPersons)
    .filter(([name]) => {
      const starts = placesOf(text, name).slice(0, looked);
      const led = starts.filter((at) => leadsTo.test(text.slice(Math.max(0, at - 2), at)));
      const ended = starts.filter((at) => followsName.test(text.slice(at + name.length, at + name.length + 2)));
      const behind = new Set(starts.map((at) => text[at + name.length] ?? ''));
      return (
        led.length >= leastLed * starts.length &&
        ended.length >= leastLed * starts.length &&
        led.length >= 1 &&
        behind.size > 1
      );
    })
    .map(([name]) => name);
}

function countOf(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

/** Places of a string, as starts. */
function placesOf(text: string, name: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) starts.push(at);
  return starts;
}

const titled = new RegExp(`^(?:${titlesBehind}|[:：])`);
const titledBefore = new RegExp(`(?:${titlesBefore})[ 　]?$`);
const spokenBehind = /^(?:说|道|问|答|笑|表示|认为|指出|强调|介绍|告诉|透露|坦言|回忆|解释|建议|补充)/;
/** Of the mentions of a name that is a word too, such a share has a title; of `金融`, none. */
const leastTitled = 0.5;

/** Every person's name that is looked for costs a walk over the text. */
const mostPersons = 400;

function addPersons(found: Found, text: string): void {
  const names = persons(text)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostPersons);
  for (const name of names) {
    const starts = placesOf(text, name);
    if (starts.length < 2 && name.length < 3) continue;
    if (isWord(name)) {
      const isShown = (at: number): boolean =>
        titled.test(text.slice(at + name.length, at + name.length + 3)) ||
        titledBefore.test(text.slice(Math.max(0, at - 5), at));
      const shown = starts.filter(isShown);
      const spoken =
        name.length < 3
          ? []
          : starts.filter(
              (at) => !isShown(at) && spokenBehind.test(text.slice(at + name.length, at + name.length + 3)),
            );
      if (shown.length === 0 || shown.length + spoken.length < Math.max(2, leastTitled * starts.length)) continue;
    }
    if (!standsAlone(text, name, starts)) continue;
    for (const start of starts) add(found, name, 'person', start);
  }
}

/** Mentions whose neighbours are looked at. */
const looked = 12;

/** Whether the name is all of it: its neighbours differ, and by the dictionary words begin at both its ends. */
function standsAlone(text: string, name: string, starts: readonly number[]): boolean {
  const some = starts.slice(0, looked);
  const most = (of: (at: number) => string): number => {
    const counts = countOf(some.map(of).filter((one) => /^\p{Script=Han}$/u.test(one)));
    return Math.max(0, ...counts.map(([, times]) => times));
  };
  const right = (at: number): string =>
    titled.test(text.slice(at + name.length, at + name.length + 3)) ? '' : (text[at + name.length] ?? '');
  const left = (at: number): string =>
    titledBefore.test(text.slice(Math.max(0, at - 5), at)) ? '' : (text[at - 1] ?? '');
  if (some.length >= 3 && (most(left) >= 0.8 * some.length || most(right) >= 0.9 * some.length)) return false;
  const whole = some.filter((at) => beginsWord(text, at) && beginsWord(text, at + name.length));
  return whole.length >= 0.5 * some.length;
}

const stop = new RegExp(`[${particles}]`);
/** What is no place's own name: `该市`, `全省`, `山区`, `开发区`, `高速公路`. */
const anyPlace =
  /^[全本我各该此每某同原外内新老大小一二三两几多这那数半整首后旧现主专个部性些种式级驻际军集百千万拱吊]|[地社郊市特县场拱]$|石拱|木拱|中小|偏远|革命|斜拉|悬索|独木|单孔|国家|重要|[场贫景厂校园灾乡农公铁陆电军牧林言线出思财门销退大]$|自治|直辖|高速|十字|行政|贫困|自然|农贸|产品|房地产|开发|工业|居民|风景|经济|保护|示范|试验|管理|立交|服务|生活|办公|教学|商业|住宅|候机|售票|指挥|城乡|平原|大中|中心|重点|沿海|内陆|边境|旅游|水电|人行|过街|步行|林荫|致富|基本|主席|总理|深入/;
const generic =
  /^(?:有限|股份|子|母|分|总|控股|上市|保险|证券|银行|商业|投资|人民|地方|中央|国家|市|省|县|区|镇|重点|高等|医科|师范|理工|农业|综合|社区|居民|村民|业主|常务|组织|筹备|管理|建设|专门|企业|各|本|该|贵|我|全|其|某|大|中|小|一|二|三|两|几|个|附属|医药|制作|中介|改革|地质)*$/;

/** A name that ends so, from the end to the left as far as the text says it again. */
function addTailed(found: Found, text: string, tails: string, kind: 'place' | 'organisation'): void {
  const pattern = new RegExp(
    `(?:${tails
      .split('|')
      .sort((a, b) => b.length - a.length)
      .join('|')})`,
    'g',
  );
  const longest = kind === 'place' ? 6 : 20;
  const occurrences: { readonly end: number; readonly tail: number; readonly room: number }[] = [];
  const counts = new Map<string, number>();
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    let room = match[0].length;
    while (room < longest && isName(text[end - room - 1])) room++;
    if (room === match[0].length) continue;
    occurrences.push({ end, tail: match[0].length, room });
    for (let length = match[0].length + 1; length <= room; length++) {
      const name = text.slice(end - length, end);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  for (const { end, tail, room } of occurrences) {
    let length = tail + 1;
    for (let longer = length + 1; longer <= room; longer++) {
      const [more, own] = [
        counts.get(text.slice(end - longer, end)) ?? 0,
        counts.get(text.slice(end - length, end)) ?? 0,
      ];
      if (more < 2 || more < 0.5 * own) break;
      length = longer;
    }
    const name = text.slice(end - length, end);
    if ((counts.get(name) ?? 0) < 2) continue;
    if (isTailedName(name, tail, kind) && beginsWord(text, end - length)) add(found, name, kind, end - length);
  }
}

/** Whether a word begins here, by the dictionary: not within `以|色列`. */
function beginsWord(text: string, at: number): boolean {
  const from = Math.max(0, at - 3);
  for (const { index } of words.segment(text.slice(from, at + 4))) if (index === at - from) return true;
  return false;
}

const isName = (character: string | undefined): boolean =>
  character !== undefined && character >= '\u4e00' && character <= '\u9fff' && !stop.test(character);

function isTailedName(name: string, tail: number, kind: 'place' | 'organisation'): boolean {
  const own = name.slice(0, -tail);
  if (kind === 'organisation') return own.length >= 2 && !generic.test(own) && !/^[这那哪什么没有成立在到]/.test(own);
  if (places.has(own)) return true;
  return (
    own.length >= 2 &&
    own.length <= 4 &&
    !(tail > 1 ? anyPlace.test(own.replace(/[门山城林大]$/u, '')) : anyPlace.test(own))
  );
}

/** Names of the lists by their first two characters. */
const listed = new Map<number, { readonly name: string; readonly kind: NameKind }[]>();
const startOf = (text: string, at: number): number => text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1);
for (const [names, kind] of [
  [places, 'place'],
  [knownOrganisations, 'organisation'],
] as const)
  for (const name of names) listed.set(startOf(name, 0), [...(listed.get(startOf(name, 0)) ?? []), { name, kind }]);

function addListed(found: Found, text: string): void {
  for (let at = 0; at < text.length - 1; at++)
    for (const { name, kind } of listed.get(startOf(text, at)) ?? [])
      if (text.startsWith(name, at)) add(found, name, kind, at);
}

function addShortPlaces(found: Found, text: string): void {
  for (const [name, moved] of [...shortPlaces(text)].slice(0, mostPersons)) {
    if (found.has(name)) continue;
    const starts = placesOf(text, name);
    const whole = starts.slice(0, looked).filter((at) => beginsWord(text, at) && beginsWord(text, at + name.length));
    if (whole.length < 0.5 * Math.min(looked, starts.length)) continue;
    if (starts.length < 2 || (moved < 2 && isDictionary(name))) continue;
    for (const start of starts) add(found, name, 'place', start);
  }
}

const isDictionary = (name: string): boolean => [...words.segment(name)].length === 1;

/** A longer name that holds a shorter one at the same place is the one that is meant. */
function withoutInner(found: Found): Map<string, number> {
  const inner = new Map<string, number>();
  const all = [...found].flatMap(([name, { spans }]) => [...spans].map(([start, end]) => ({ name, start, end })));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let open = { start: -1, end: -1, name: '' };
  for (const one of all) {
    if (one.start < open.end && one.end <= open.end) {
      found.get(one.name)?.spans.delete(one.start);
      inner.set(one.name, (inner.get(one.name) ?? 0) + 1);
    } else open = one;
  }
  return inner;
}

/** `江泽民` counts the mentions of `江主席` where no other name has the surname. */
function joinTitled(found: Found): void {
  const full = [...found].filter(([name, { kind }]) => kind === 'person' && name.length >= 2 && !titledName.test(name));
  for (const [name, entry] of [...found]) {
    if (entry.kind !== 'person' || !titledName.test(name)) continue;
    const bearers = full.filter(([other]) => other.startsWith(name[0] ?? '') && !other.includes('·'));
    const [only] = bearers;
    if (only === undefined || bearers.length > 1) continue;
    for (const [start, end] of entry.spans) only[1].spans.set(start, end);
    found.delete(name);
  }
}
/** `602 骆姐`, `物业-孟凡霖`, `老 蔡`: the label of a speaker without his door, his work and the blanks that set it. */
const ownName = (label: string): string =>
  label
    .replace(/^\d{1,5}[ -]|^\p{Script=Han}{2,4}[-—·](?=\p{Script=Han}{2,4}$)/u, '')
    .replace(/(?<=^\p{Script=Han}) (?=\p{Script=Han}$)/u, '');
const titledName = new RegExp(`^.(?:${namingTitles})$`);

/**
 * Chinese names that occur at least `least` times, most mentioned first, and how many were left out.
 *
 * @example chineseNames('王小明说要走。李芳看着王小明。', { least: 2 }).names[0]?.name // '王小明'
 */
export function chineseNames(
  text: string,
  { least = 2, speakers = [] }: { readonly least?: number; readonly speakers?: readonly SpeakerMention[] } = {},
): Name[] {
  const found: Found = new Map();
  addPersons(found, text);
  for (const match of text.matchAll(naming))
    if (beginsWord(text, match.index)) add(found, match[1] ?? '', 'person', match.index);
  for (const [name] of countOf([...text.matchAll(called)].map((match) => match[1] ?? '')).slice(0, mostPersons)) {
    const starts = notCalled.test(name) ? [] : placesOf(text, name);
    if (starts.length > 1 && standsAlone(text, name, starts))
      for (const start of starts) add(found, name, 'person', start);
  }
  for (const match of text.matchAll(dotted)) add(found, match[1] ?? '', 'person', match.index);
  const proven = new Map([...provenNames(text)].map(({ name, kind }) => [name, kind] as const));
  for (const [name, kind] of [...proven].slice(0, mostPersons))
    for (const start of placesOf(text, name)) add(found, name, kind, start);
  const about = chineseSubject(text);
  if (about !== undefined) for (const start of placesOf(text, about)) add(found, about, 'term', start);
  addListed(found, text);
  addShortPlaces(found, text);
  addTailed(found, text, placeTails, 'place');
  addTailed(found, text, organisationTails, 'organisation');
  for (const match of text.matchAll(works)) add(found, match[1] ?? '', 'work', match.index + 1);
  for (const { name: label, span } of speakers) {
    const name = ownName(label);
    if (/^\p{Script=Han}{2,8}$/u.test(name) && !isRole(name))
      for (const start of found.has(name) ? [span.start] : placesOf(text, name)) add(found, name, 'person', start);
  }
  const inner = withoutInner(found);
  joinTitled(found);
  return (
    [...found]
      // `青芦区财政局` names `青芦区` too, which is a mention less only in the list.
      .filter(
        ([name, { kind, spans }]) =>
          spans.size > 0 && spans.size + (kind === 'place' ? (inner.get(name) ?? 0) : 0) >= least,
      )
      .map(([name, { kind, spans }]): Name => {
        const mentions = [...spans].map(([start, end]): Span => ({ start, end })).sort((a, b) => a.start - b.start);
        return { name, kind, mentions };
      })
      .sort((a, b) => b.mentions.length - a.mentions.length || (a.name < b.name ? -1 : 1))
  );
}
