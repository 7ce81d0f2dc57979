/** @file Speeches of a play, a transcript or a chat, read line by line. */
import type { Shown } from './prompt.ts';

/** One speech with the scene or day that it stands in. */
export interface Speech {
  readonly speaker: string;
  readonly words: string;
  /** `act one scene 2` or `2023-09-18`; empty where the document has neither. */
  readonly stretch: string;
  /** In minutes since 1970, where a chat tells it. */
  readonly minute?: number;
}

const message =
  /^\[?(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)(?::\d\d)?\]?\s*(?:<|\*\*)?([^:：>*]{1,30}?)(?:>|\*\*)?[:：]\s*(.*)$/;
/** An export of WhatsApp: `03/10/2025, 18:41 - Ada: Hello`, `[03/10/2025, 18:41:07] Ada: Hello`. */
const exported =
  /^\[?(\d{1,2}\/\d{1,2}\/\d{2,4}), (\d{1,2}):(\d\d)(?::\d\d)?(?: ?[ap]m)?(?: -|\]) ([^:]{1,40}): (.*)$/i;
const systemLine = /^\d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d(?: ?[ap]m)? - /i;
/** `**SIR GILES.** Come down!` */
const bold = /^\*\*(\p{Lu}[\p{Lu} .'’-]{0,30}?)[.:]\*\* +(\S.*)$/u;
const speech =
  /^(?:\*\*)?([\p{L}][^.:：!?。，“”"()（）[\]]{0,30}(?:（[^）]{1,10}）)?)(?: \([^)]{1,60}\))?(?:\*\*)?[:：]\s*(\S.*)$/u;
const capitals =
  /^((?!(?:MRS?|MS|DR|ST|SIR|REV|GEN|COL|SEN)\.)\p{Lu}{2,4}\. \p{Lu}{3,5}\.(?= )|\p{Lu}[\p{Lu} '’-]{1,30}(?=\. ))\.? +(\S.*)$/u;
const act =
  /^#*\s*(act [\w ]{1,12}|第[一二三四五六七八九十\d]+幕)[.:]?(?:[ ,，　]+(scene \w+|第[一二三四五六七八九十\d]+场))?[.:]?\s*$/i;
const scene = /^#*\s*(scene [\w]{1,8}(?!\w)|第[一二三四五六七八九十\d]+场).{0,120}$/iu;
/** `[19:01] Roe:` and `Q40 Mr Reddy:` without the time and the number of the question. */
const unnumbered = (line: string): string =>
  line
    .replace(/^\[\d{1,2}:\d\d(?::\d\d)?\] +(?=\p{L})/u, '')
    .replace(/^(\*{0,2})Q ?\d{1,4}\.?(?:\*\*)? +(?=[\p{Lu}*])/u, '$1');
/** `MS. OKONJO: I object.` and `Q. Was it?`, as hearings are printed. */
const printed = /^(?:((?:THE |MR\. |MRS\. |MS\. |DR\. )?\p{Lu}[\p{Lu} '’-]{1,30}):|([QA])\.) +(\S.*)$/u;
/** `NAN` on a line of its own. */
const capital = /^(\p{Lu}[\p{Lu} .'’-]{0,29}\p{Lu})$/u;
/** A name on a line of its own, as old editions of plays have it. */
const alone = /^(\p{Lu}[\p{L} '’.]{1,30})\.$/u;
/** Labels at the head of minutes that are no speakers. */
const noSpeaker =
  /^(时间|地点|主持人|申请人|记录|说明|成员|导出时间|日期|议题|听证代表|成本监审人|群聊导出|附|旁白|备注|Date|Time|Place|Present|Members present|Witnesses|Chair|Subject|Note|Source|Apologies|RESOLVED|AGREED|The meeting )/;

/** A name of a scene or day, to be compared. */
export const stretchKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();

/** All speeches of a document in their order. */
export function speechesOf({ title, lines }: Shown): Speech[] {
  const found: { speaker: string; words: string; stretch: string; minute?: number }[] = [];
  let [inAct, inScene, open] = ['', '', false];
  // `PIPPA. Look at it.` looks like such a name, and nothing stands below it.
  const isAbove = (line: string, i: number): boolean => alone.test(line) && (lines[i + 1] ?? '').trim() !== '';
  const named = lines.filter((line, i) => alone.test(line) && lines[i - 1] === '' && lines[i + 1] !== '');
  const apart = lines.filter(isAbove).length > 5 || (named.length > 2 && new Set(named).size < named.length);
  const capitalNames = lines.filter((line, i) => capital.test(line) && lines[i + 1] !== '' && lines[i - 1] === '');
  const isCapital = capitalNames.length > 5 && new Set(capitalNames).size < capitalNames.length / 2;
  const isPrinted = lines.filter((line) => /^(?:MR|MS|MRS|DR)\. [\p{Lu} '’-]+: /u.test(line)).length > 1;
  // `King Henry the Fourth.` above his court stands in a cast where speakers are in capitals.
  const inCapitals = named.filter((line) => line === line.toUpperCase()).length > 0.7 * named.length;
  // In an export a line without a stamp goes on with the message above.
  const isExport = lines.some((line) => exported.test(line));
  for (const [i, line] of lines.entries()) {
    const newAct = act.exec(line);
    const newScene = newAct === null ? scene.exec(line) : null;
    if (newAct !== null) [inAct, inScene, open] = [newAct[1] ?? '', newAct[2] ?? '', false];
    if (newScene !== null) [inScene, open] = [newScene[1] ?? '', false];
    if (newAct !== null || newScene !== null) continue;
    const posted = exported.exec(line);
    if (posted !== null) {
      found.push({ speaker: posted[4] ?? '', words: posted[5] ?? '', stretch: stretchKey(posted[1] ?? '') });
      open = true;
      continue;
    }
    if (systemLine.test(line)) {
      open = false;
      continue;
    }
    const sent = message.exec(line);
    if (sent !== null) {
      const [, day = '', hour, minute, speaker = '', words = ''] = sent;
      const at = Date.UTC(
        Number(day.slice(0, 4)),
        Number(day.slice(5, 7)) - 1,
        Number(day.slice(8)),
        Number(hour),
        Number(minute),
      );
      found.push({ speaker, words, stretch: stretchKey(day), minute: at / 60_000 });
      open = true;
      continue;
    }
    const typed = (isPrinted ? printed.exec(line) : null) ?? bold.exec(line);
    const called = isCapital && lines[i - 1] === '' && (lines[i + 1] ?? '') !== '' ? capital.exec(line) : null;
    if (typed !== null || called !== null) {
      const speaker = called?.[1] ?? typed?.[1] ?? typed?.[2] ?? '';
      found.push({
        speaker,
        words: (called === null ? typed?.at(-1) : undefined) ?? '',
        stretch: stretchKey(`${inAct} ${inScene}`),
      });
      open = true;
      continue;
    }
    const said =
      apart || isExport || isPrinted || isCapital
        ? null
        : (speech.exec(unnumbered(line)) ?? capitals.exec(unnumbered(line)));
    const name = (said?.[1] ?? '').trim();
    if (said !== null && !noSpeaker.test(name) && !title.toLowerCase().startsWith(name.toLowerCase())) {
      found.push({ speaker: name, words: said[2] ?? '', stretch: stretchKey(`${inAct} ${inScene}`) });
      open = true;
      continue;
    }
    const below = (lines[i + 1] ?? '') === '' && /^\[.*\]$/.test(lines[i + 2] ?? '') ? lines[i + 2] : lines[i + 1];
    const isName = apart && (lines[i - 1] ?? '') === '' && (!inCapitals || line === line.toUpperCase());
    const byItself = isName && (below ?? '') !== '' ? alone.exec(line) : null;
    if (byItself !== null) {
      found.push({ speaker: byItself[1] ?? '', words: '', stretch: stretchKey(`${inAct} ${inScene}`) });
      open = true;
      continue;
    }
    const last = found.at(-1);
    // What stands by itself between two speeches is a direction.
    if (/^[—-]{2,}\s*$|^#+ /.test(line) || (line.trim() === '' && !apart)) open = false;
    else if (open && last !== undefined && line.trim() !== '') last.words += ` ${line.trim()}`;
  }
  return found;
}

const withoutDirections = (words: string): string => words.replace(/\(\p{Lu}[^()]*[.!?]\)|\[[^\]]*\]/gu, ' ');

/** The days from the first to the last that a name of a stretch has; undefined where it has none. */
function daysIn(name: string): readonly [string, string] | undefined {
  const days = name.match(/\d{4}-\d\d-\d\d/g) ?? [];
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : [stretchKey(first), stretchKey(last)];
}

/** The speeches of a scene, a day or a run of days. */
export function inStretch(speeches: readonly Speech[], said = ''): Speech[] {
  const name = said.replace(/^(?:in|on) /, '');
  const days = daysIn(name);
  return speeches.filter(({ stretch }) =>
    days === undefined ? `${stretch} `.startsWith(`${stretchKey(name)} `) : days[0] <= stretch && stretch <= days[1],
  );
}

const bare = (text: string): string => text.replace(/\s+/g, ' ').replace(/[“”"]/g, '').trim();

/** Whether a speech has a quoted sentence in it. */
export const says = ({ words }: Speech, quoted: string): boolean => bare(words).includes(bare(quoted));

/** Whether a speech has a word, or a name, as a whole. */
export function speaksOf({ words: all }: Speech, word: string, exact = false): boolean {
  const words = withoutDirections(all);
  if (/\p{Script=Han}/u.test(word)) return words.includes(word);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, exact ? 'u' : 'iu').test(words);
}
