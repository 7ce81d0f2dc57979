/** @file Chinese places and bodies: by lists, by what ends their names, and by what moves to or from them. */
import { beginsWord, isDictionary } from './chinese-dictionary.ts';
import { shortPlaces } from './chinese-evidence.ts';
import { add, type Found, looked, mostPersons, placesOf } from './chinese-mentions.ts';
import { knownOrganisations, knownPlaces, organisationTails, particles, placeTails } from './chinese-words.ts';
import { countriesIn } from './countries.ts';
import type { NameKind } from './name.ts';

const countries = countriesIn('zh-Hans', /^\p{Script=Han}{2,7}$/u);
const places: ReadonlySet<string> = new Set(
  [...knownPlaces, ...countries].filter((name) => !knownOrganisations.includes(name)),
);

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

/** Places and bodies. */
export function findPlaces(found: Found, text: string): void {
  addListed(found, text);
  addShortPlaces(found, text);
  addTailed(found, text, placeTails, 'place');
  addTailed(found, text, organisationTails, 'organisation');
}
