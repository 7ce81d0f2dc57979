/**
 * @file The layouts in which transcripts, chats, subtitles, records and plays name who speaks. Each reads a line of text on its own;
 * whether the lines that it finds make a conversation is for `turns.ts` to say.
 */
import type { Line } from './lines.ts';
import type { Form, FoundHead as Found, Head } from './marks.ts';
import { aside, playOf } from './play-heads.ts';
import { honorific, isField, properName } from './speakers.ts';
import { dayOrStamp, fullStamp, stamp } from './stamps.ts';

/** A label's colon; `12:30` and `https://` have none. */
const colon = '(?:：|:(?![\\d/:=\\\\]))';
const labelled = new RegExp(`^(${properName})${aside}${aside} ?${colon}[ \\t]*`, 'u');
/** A name with words in small letters: `La Montagne libre : words`. Only one that comes back is a head. */
const loose = new RegExp(`^(\\p{Lu}[\\p{L}'’.-]*(?: [\\p{L}\\d'’&.-]{1,20}){1,4}) ?${colon}[ \\t]+(?=\\S)`, 'u');
const lowerCase = /^(\p{Ll}[\p{L}\p{N}_.|\\`^{}-]{0,30}): (?=\S)/u;
const emphasis =
  /^(\*{1,3}|_{1,3})((?:(?!\1)[^\n]){1,60}?)\1( ?[([（][^)\]）\n]{1,60}[)\]）])?([.:：]?)(?:[ \t]+|$|(?=[([（【*_—])|(?<=[:：][*_]{0,3})(?=[\p{Script=Han}\d“「『《]))/u;
const clock = new RegExp(`^${stamp}$`);
const stampFirst = new RegExp(`^\\u200e?[[(（【]?(${stamp})[\\])）】]?(?:\\u200e| ?[-–—|,:] |[ \\t]*)`, 'u');
const nickname = /^<[@+%&~! ]?([^\s<>!]{1,40})(?:![^\s<>]{0,80})?>(?:\s|$)/u;
const barred = /^[&@+%~! ]{0,2}([^\s|*<>=-]\S{0,30}) ?[|│] /u;
/** After a stamp a name may be of any kind: `~ Ann`, `+44 7700 900123`. */
const afterStamp = /^([^:："“\n\t]{1,50}?)[:：](?!\/\/)[ \t]*/u;
const nameAlone = /^(?:[^:：.!?。！？,，;\n]|\.(?=\p{L})){1,40}(?:(?<=\b\p{Lu})\.|[(（<][^()（）<>]{1,60}[)）>])?$/u;
const stampLast = new RegExp(
  `^(?!\\d(?!\\d{0,4}[ -]\\p{L}))([^:：\\n\\t]{1,50}?)(?:,? ?[-–—|·•»]{1,2} ?|[ \\t]+(?:at |on )?|, )[[(（]?(${stamp})[\\])）]?(?: \\((?:edited|已编辑)\\))?$`,
  'u',
);
/** `12 May`: a day, where `1203 Ann` is somebody's door and name. */
const dayName = /^\d{1,2} \p{Lu}\p{Ll}{2,8}\.?$/u;
/** Behind a day with its year and a clock time the line ends, whatever the name before it is: `302 Ann 2024-05-18 19:40:12`. */
const dayLast = new RegExp(`^([^\\n\\t]{1,50}?),?(?: [-–—|·•])?[ \\t]+[[(（]?(${fullStamp})[\\])）]?$`, 'u');
const posted = new RegExp(
  `^(?:(?:Posted |Written )?[Bb]y ([^:\\n]{1,40}?)(?: ?»| on| at|,| [-–—]) ?(${dayOrStamp})|([^:\\n]{1,40}?) (?:wrote|said|posted|replied|commented)(?: on| at|,)? ?(${dayOrStamp})):?$`,
  'u',
);
const bracketed = /^【([^】\n]{1,20})】[:：]?\s*/u;
const quoted = /^([\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー・]{1,8})(?=[「『].*[」』]。?$)/u;
/** Who asks has a dash for a name. */
const spaced = /^(\p{Script=Han}{2,6}|[―—─]{2})(?:[ \u3000\t]+(?=[^\s\d])|(?=[（(]))/u;
const examination = /^([QA])(?:[.:]|\.?[ \t]{2,}|[ \t]+(?=["“(]?\p{Lu}(?!\p{Lu})))[ \t]*(?=\S)/u;
const surname = "(?:(?:de|van|von|du|la|le|Mc|Mac|O['’])\\s?)?\\p{Lu}[\\p{L}'’-]+";
const hearing = new RegExp(
  `^(${honorific}\\.? (?:\\p{Lu}\\. ?)?${surname}(?: ${surname}){0,2}(?: of \\p{Lu}\\p{L}+)?|[Tt]he (?:\\p{Lu}{2,}[ -]?){1,3}(?<! )|THE (?:\\p{Lu}{2,}[ -]?){1,3}(?<! )|Voices?|VOICES?)\\.(?:[ \\t]+|[—-]+ ?)(?=["“'(\\[]?\\p{L})`,
  'u',
);
/** Of a messenger: `[Ann] [오후 7:31] words`. */
const bracketStamp = new RegExp(`^\\[([^[\\]\\n]{1,40})\\] \\[(${stamp})\\] `, 'u');
/** `[Ann Lowe] 08:01:00`, above the words. */
const bracketThenStamp = new RegExp(`^\\[([^[\\]\\d\\n]{2,40})\\] (${stamp})$`, 'u');
/** A chat's words beside a time and a name that may have blanks. */
const tabbedName = /^[&@+%~!]?([^\s*<>=-][^\t\n]{0,40})\t+(?=\S)/u;
const encryption = /(?:end-to-end|Ende-zu-Ende|extremo a extremo|bout en bout|端到端|端對端)/;
const voiced = /^<v(?:\.[^\s>]+)*[ \t]+([^>\n]{1,60})>/u;

const isClock = (words: string | undefined): boolean => words !== undefined && clock.test(words);

/** Names that end in a colon, in a list or not; `(12:03)` beside one is its time. */
function labelOf(words: string, form: 'label' | 'list-label', offset = 0): Found | undefined {
  const match = labelled.exec(words.slice(offset));
  const speaker = match?.[1];
  if (match === null || speaker === undefined) return undefined;
  const time = [match[2], match[3]].find(isClock);
  if (/^[QA]$/.test(speaker)) return { form: 'examination', speaker, bodyStart: offset + match[0].length };
  return { form, speaker, time, bodyStart: offset + match[0].length };
}

/** `**Anna: words**`: a name and all that it says in bold, as who asks is printed; of a long line the end is not seen. */
const allBold =
  /^((\*\*|__)(\p{L}[^*_:：.!?。！？\n]{0,40})(?::[ \t]+|：[ \t]*))(?=\S)(?:(?:(?!\2).)+\2|(?:(?!\2).){150,})$/u;

/** `**Anna:** words`, `**Anna.** words`, `_Ann._ words`, `**Anna**` alone. */
function emphasised(words: string): Found | undefined {
  const whole = allBold.exec(words);
  if (whole?.[1] !== undefined && whole[3] !== undefined)
    return { form: 'bold-label', speaker: whole[3].trim(), bodyStart: whole[1].length };
  const match = emphasis.exec(words);
  const inner = match?.[2]?.trim();
  if (match === null || inner === undefined) return undefined;
  const speaker = inner
    .replace(/[.:：]$/, '')
    .replace(questionNumber, '')
    .trim();
  const bodyStart = match[0].length;
  if (speaker === '' || !/^[\p{L}\d]/u.test(speaker)) return undefined;
  if (/^[QA]$/.test(speaker) && /[.:：]/.test(`${inner.slice(-1)}${match[4]}`))
    return { form: 'examination', speaker, bodyStart };
  if (/[:：]/.test(`${inner.slice(-1)}${match[4]}`)) {
    const [, name = speaker, time] = /^(.+?) ?[([]([^)\]]+)[)\]]$/.exec(speaker) ?? [];
    return isClock(time)
      ? { form: 'bold-label', speaker: name, time, bodyStart }
      : { form: 'bold-label', speaker, bodyStart };
  }
  if (/^\p{Ll}/u.test(speaker)) return undefined;
  if (bodyStart >= words.length) return { form: 'own-bold', speaker, bodyStart };
  const marked = inner.endsWith('.') || match[4] === '.' || match[3] !== undefined;
  return marked ? { form: 'lead-bold', speaker, bodyStart } : undefined;
}

/** What follows a date or clock time at the beginning of a line; `notice` where nobody speaks. */
function stampedOf(words: string): Found | 'notice' | 'time' | undefined {
  const match = stampFirst.exec(words);
  const time = match?.[1];
  if (match === null || time === undefined) return undefined;
  const at = match[0].length;
  const rest = words.slice(at);
  if (rest === '') return 'time';
  const ranked = /^【[^】\n]{1,12}】(?=\S)/u.exec(rest)?.[0].length ?? 0;
  if (/^(?:-->|<--|--|=!=|\*)[ \t]/.test(rest.trimStart())) return 'notice';
  // `[00:05] **Ann:** words`.
  const bold = rest.startsWith('**') ? emphasised(rest) : undefined;
  if (bold?.form === 'bold-label')
    return { form: 'stamp-label', speaker: bold.speaker, time, bodyStart: at + bold.bodyStart };
  const columns = match[0].endsWith('\t') ? tabbedName.exec(rest) : null;
  const chat = nickname.exec(rest) ?? columns ?? barred.exec(rest);
  if (chat?.[1] !== undefined) return { form: 'nick', speaker: chat[1], time, bodyStart: at + chat[0].length };
  const said = afterStamp.exec(rest);
  // A messenger marks what it says itself by a sign that shows nothing.
  if (said !== null && rest.startsWith('\u200e', said[0].length)) return 'notice';
  if (said?.[1] !== undefined && !/^(?:[*=<>-]|-!-|\u200e)/.test(rest) && !encryption.test(rest)) {
    const speaker = said[1].trim().replace(/^~ ?/, '');
    return { form: 'stamp-label', speaker, time, bodyStart: at + said[0].length };
  }
  const name = rest.slice(ranked);
  // A messenger puts the number or the address of the account behind the name.
  const plain = name.replace(/(?<=\S)(?:\(\d{4,12}\)|<[^<>\s]{3,60}>)$/, '');
  if (
    nameAlone.test(name) &&
    !/\d{4}|@|\b[A-Z]{2,4}T\b/.test(plain) &&
    /^[\p{L}@#]/u.test(plain) &&
    plain.split(' ').length <= 5
  )
    return { form: 'stamped', speaker: plain.replace(/ ?[(（<].*$/, ''), time, bodyStart: words.length };
  return 'notice';
}

/** `Anna 12:03` above the words; `by Anna » 5 May 2024`. */
function nameThenStamp(words: string): Found | undefined {
  const match = posted.exec(words) ?? stampLast.exec(words);
  if (match === null) return undefined;
  const speaker = (match[1] ?? match[3] ?? '').trim();
  const time = match[2] ?? match[4];
  // A name of several words begins with a capital: `not at 01:00` is no one.
  const numbered = /^\d{1,5}[ -]\p{L}/u.test(speaker);
  if (/^\p{Ll}.* /u.test(speaker) || /@.*\./.test(speaker) || isField(speaker) || dayName.test(speaker))
    return undefined;
  if (!numbered && /\d{4}/.test(speaker)) return undefined;
  if (
    !/^[\p{L}@_\d~+]/u.test(speaker) ||
    /[.!?,;。！？，；(（]$|[.!?。！？] /u.test(speaker) ||
    speaker.split(' ').length > 5
  )
    return undefined;
  return { form: 'stamped', speaker: speaker.replace(/ (?:APP|BOT|应用)$/, ''), time, bodyStart: words.length };
}

/** A line that ends so is a head or, where it names nobody, a notice: what stands below it is not said by the one before. */
function lastOf(words: string): Found | 'notice' | undefined {
  const [, speaker = '', time] = dayLast.exec(words) ?? [];
  if (time === undefined) return undefined;
  const isNamed = /\p{L}/u.test(speaker) && !isField(speaker) && !/[:：.!?。！？，；;]$|^\p{Ll}.* /u.test(speaker);
  return isNamed ? { form: 'stamped', speaker, time, bodyStart: words.length } : 'notice';
}

function chineseOf(words: string): Found | undefined {
  const bracket = bracketed.exec(words);
  if (bracket?.[1] !== undefined) return { form: 'bracket', speaker: bracket[1].trim(), bodyStart: bracket[0].length };
  const quote = quoted.exec(words);
  if (quote?.[1] !== undefined) return { form: 'quote', speaker: quote[1], bodyStart: quote[0].length };
  const space = spaced.exec(words);
  return space?.[1] === undefined ? undefined : { form: 'space', speaker: space[1], bodyStart: space[0].length };
}

const letters = {
  upper: /^\p{Lu}/u,
  lower: /^\p{Ll}/u,
  stamp: /^[\u200e[(（【\d上下早晚中凌傍今昨前星周TY]|^\p{Lu}\p{Ll}{2}/u,
  other: /^\p{Lo}/u,
};

/** The number of a question before who asks it: `Q40 Mr Reddy:`, `Q40. MR REDDY.`, `**Q40** **Mr Reddy:**`. */
const questionNumber = /^(?:\*\*Q(?:uestion )? ?\d{1,4}\.?\*\*|Q(?:uestion )? ?\d{1,4}\.?)[ \t]+(?=[\p{Lu}*])/u;
const asked: ReadonlySet<Form> = new Set<Form>([
  'label',
  'hearing',
  'bold-label',
  'lead-bold',
  'lead',
  'own',
  'own-dot',
]);

function numberedHead(words: string): Found | undefined {
  const number = questionNumber.exec(words)?.[0].length ?? 0;
  const found = number === 0 ? undefined : readHead(words.slice(number));
  return typeof found === 'object' && asked.has(found.form) && /^\p{Lu}\p{L}/u.test(found.speaker)
    ? { ...found, bodyStart: number + found.bodyStart }
    : undefined;
}

/** A head without what its line knows. `notice`: a line with a time that nobody says; `time`: a time alone. */
export function readHead(words: string): Found | 'notice' | 'time' | undefined {
  const first = words.charCodeAt(0);
  if (first === 81 || words.startsWith('**Q')) {
    const found = numberedHead(words);
    if (found !== undefined) return found;
  }
  if (first === 60) {
    const voice = voiced.exec(words);
    if (voice?.[1] !== undefined) return { form: 'voice', speaker: voice[1].trim(), bodyStart: voice[0].length };
    const nick = nickname.exec(words);
    return nick?.[1] === undefined ? undefined : { form: 'nick', speaker: nick[1], bodyStart: nick[0].length };
  }
  if (first === 91) {
    const above = bracketThenStamp.exec(words);
    if (above?.[1] !== undefined)
      return { form: 'stamped', speaker: above[1], time: above[2], bodyStart: words.length };
    const match = bracketStamp.exec(words);
    if (match?.[1] !== undefined)
      return { form: 'stamp-label', speaker: match[1], time: match[2], bodyStart: match[0].length };
  }
  const short = words.length <= 80;
  const clocked = /\d:\d\d/.test(words.slice(0, 60));
  if (clocked && letters.stamp.test(words)) {
    const found = stampedOf(words);
    if (found !== undefined) return found;
  }
  if (short && (clocked || /\d{4}|[Tt]oday|[Yy]esterday/.test(words))) {
    const found = nameThenStamp(words) ?? (clocked ? lastOf(words) : undefined);
    if (found !== undefined) return found;
  }
  if (first === 42 || first === 95)
    return emphasised(words) ?? (words.startsWith('* ') ? labelOf(words, 'list-label', 2) : undefined);
  if (first === 45 || first === 0x2022) return /^[-•] /.test(words) ? labelOf(words, 'list-label', 2) : undefined;
  if (letters.lower.test(words)) {
    const match = lowerCase.exec(words);
    return match?.[1] === undefined
      ? undefined
      : { form: 'lower-label', speaker: match[1], bodyStart: match[0].length };
  }
  if (letters.upper.test(words) || (first >= 49 && first <= 57)) return namedOf(words);
  if (first === 0x3010 || letters.other.test(words)) {
    const label = labelOf(words, 'label');
    // `掌柜 他那是说：“成！”`: the words behind the name tell of speech.
    return label === undefined || /[ \u3000\t].*[说道问答是喊叫想]$/u.test(label.speaker) ? chineseOf(words) : label;
  }
  return first === 0x2014 || first === 0x2015 || first === 0x2500 ? chineseOf(words) : undefined;
}

/** Lines that begin with a capital letter. */
function namedOf(words: string): Found | undefined {
  const label = /[:：]/.test(words) ? labelOf(words, 'label') : undefined;
  if (label !== undefined) return label;
  const party = examination.exec(words);
  if (party?.[1] !== undefined) return { form: 'examination', speaker: party[1], bodyStart: party[0].length };
  const free = /[:：]/.test(words) ? loose.exec(words) : null;
  if (free?.[1] !== undefined) return { form: 'loose-label', speaker: free[1].trim(), bodyStart: free[0].length };
  if (!/^[^.]{0,60}\.|^[^\p{Ll}]{0,10}\p{Lu}{2}/u.test(words)) return undefined;
  const record = hearing.exec(words);
  if (record?.[1] !== undefined) return { form: 'hearing', speaker: record[1].trim(), bodyStart: record[0].length };
  return playOf(words);
}

/** @param found What `readHead` found in the line. */
export const headAt = (found: Found, line: Line): Head => ({
  kind: 'head',
  form: found.form,
  speaker: found.speaker,
  time: found.time,
  start: line.start,
  bodyStart: Math.min(line.end, line.start + found.bodyStart),
  edge: line.start,
  afterBlank: line.afterBlank,
  beforeBlank: line.beforeBlank,
  alone: line.start + found.bodyStart >= line.end,
});
