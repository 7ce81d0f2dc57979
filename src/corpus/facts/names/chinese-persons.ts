/**
 * @file Chinese persons: a surname and one or two characters with a title or a verb of speech beside them, in a row of names, or coming back among
 * other neighbours.
 */
import { anyWord, beginsWord, isWord } from './chinese-dictionary.ts';
import { add, countOf, type Found, looked, mostPersons, placesOf } from './chinese-mentions.ts';
import {
  foreign,
  longSurnames,
  namingTitles,
  particles,
  surnames,
  titlesBefore,
  titlesBehind,
  verbsBehind,
} from './chinese-words.ts';

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
const built = /[乡镇桥街路巷馆社楼寺塔库渠岛湾滩溪村县]$/;
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

const titled = new RegExp(`^(?:${titlesBehind}|[:：])`);
const titledBefore = new RegExp(`(?:${titlesBefore})[ 　]?$`);
const spokenBehind = /^(?:说|道|问|答|笑|表示|认为|指出|强调|介绍|告诉|透露|坦言|回忆|解释|建议|补充)/;
/** Of the mentions of a name that is a word too, such a share has a title; of `金融`, none. */
const leastTitled = 0.5;

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
    // `方塘桥` that nobody calls by a title, and that says nothing, is a bridge.
    const isShown = (at: number): boolean =>
      titled.test(text.slice(at + name.length, at + name.length + 3)) ||
      spokenBehind.test(text.slice(at + name.length, at + name.length + 3)) ||
      titledBefore.test(text.slice(Math.max(0, at - 5), at));
    if (name.length > 2 && built.test(name) && !starts.some(isShown)) continue;
    if (!standsAlone(text, name, starts)) continue;
    for (const start of starts) add(found, name, 'person', start);
  }
}
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

/** `江泽民` counts the mentions of `江主席` where no other name has the surname. */
export function joinTitled(found: Found): void {
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
const titledName = new RegExp(`^.(?:${namingTitles})$`);

/** Persons by their names, by surname and title, by what they are called, and foreign ones. */
export function findPersons(found: Found, text: string): void {
  addPersons(found, text);
  for (const match of text.matchAll(naming))
    if (beginsWord(text, match.index)) add(found, match[1] ?? '', 'person', match.index);
  for (const [name] of countOf([...text.matchAll(called)].map((match) => match[1] ?? '')).slice(0, mostPersons)) {
    const starts = notCalled.test(name) ? [] : placesOf(text, name);
    if (starts.length > 1 && standsAlone(text, name, starts))
      for (const start of starts) add(found, name, 'person', start);
  }
  for (const match of text.matchAll(dotted)) add(found, match[1] ?? '', 'person', match.index);
}
