/**
 * @file What a document is called that has no title but the name of its file: the words of the name, with a date as people write it, and a
 * chat by its channel and the months of its messages.
 */
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';

const months = 'January February March April May June July August September October November December'.split(' ');

/** What a file's name says of the file, not of what is in it. */
const ofFile =
  /^(?:final|draft|copy|export|en|eng|zh|cn|txt|rev\d+|v\d+|issue\d+|messages?|utf-?8|raw|clean(?:ed)?|tidy)$/i;
const talk = /^(hearing|meeting|interview|session|call|debate|inquiry|transcript|minutes|podcast|panel)-?(\d{0,2})$/i;
const services = /^(?:slack|discord|telegram|whatsapp|signal|teams|irc|matrix|zulip|wechat)$/i;
const dateIn = /(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)/;
const stamped = /^\[?((?:19|20)\d\d)-(0[1-9]|1[0-2])-(\d\d)[ T]\d\d:\d\d/gm;
const isCode = /^\p{Lu}{2,}(?:-[\p{Lu}\d]+)*-?\d+$/u;
const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** `9 April 2025`, `April 2025`; `2025年4月9日`. */
function sayDate([, year = '', month = '', day]: readonly (string | undefined)[], isChinese: boolean): string {
  if (isChinese) return `${year}年${Number(month)}月${day === undefined ? '' : `${Number(day)}日`}`;
  return `${day === undefined ? '' : `${Number(day)} `}${months[Number(month) - 1] ?? month} ${year}`;
}

/** The months of a chat's messages: `February 2025`, `November 2024 to March 2025`. */
function chatDates(text: string, isChinese: boolean): string | undefined {
  const days = [...text.matchAll(stamped)].map(([, year, month]) => `${year}-${month}`).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 5) return undefined;
  const said = [...new Set([first, last])].map((day) => sayDate([day, ...day.split('-')], isChinese));
  if (isChinese) return said.join('至');
  // The year once where both have it.
  const isOneYear = said.length > 1 && first.slice(0, 4) === last.slice(0, 4);
  return said.map((date, i) => (isOneYear && i === 0 ? date.replace(/ \d+$/, '') : date)).join(' to ');
}

/** Written with capitals where the text has them so. */
function asInText(words: string, text: string): string {
  const titled = words.replace(/(?<![\p{L}\d'])\p{Ll}/gu, (letter) => letter.toUpperCase());
  if (text.includes(titled)) return titled;
  return words
    .split(' ')
    .map((word) => {
      const name = word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
      const isName = new RegExp(`[\\p{Ll},] ${name}(?![\\p{L}])`, 'u').test(text);
      return isName && !new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'u').test(text) ? name : word;
    })
    .join(' ');
}

const extension = /\.[a-z]\w{0,5}$/i;

/** The name of the file that a document was read from, whole. */
const fileOf = (source: string): string => path.basename(source.replace(/#[^/]*$/, '').replace(/\.gz$/i, ''));

/** The same without its extension. */
export const fileStem = (source: string): string => fileOf(source).replace(extension, '');

/** The name of the file that a document was read from, where its title is only that name or its beginning. */
export function fileNamed({ source, text }: Document, title: string): string | undefined {
  const name = fileStem(source);
  const plain = (words: string): string => words.toLowerCase().replace(/[^\p{L}\d]/gu, '');
  const wanted = plain(title.replace(/\.\w{2,5}$/, ''));
  if (name === fileOf(source) || wanted === '' || !plain(name).startsWith(wanted)) return undefined;
  const lines = text.slice(0, 600).split('\n', 12);
  return lines.some((line) => plain(line) === wanted) ? undefined : name;
}

/** `#proj-turnstile on Slack, February 2025`; `Chat, February 2025` where only the service or nothing is named. */
function chatTitle(words: readonly string[], dates: string, isChinese: boolean): string {
  const service = words.find((word) => services.test(word));
  const rest = words.filter(
    (word) => word !== service && !/^(?:chat|channel|聊天记录|微信群聊|群聊|微信)$/i.test(word),
  );
  const name = rest.join(' ');
  if (isChinese) return `${name}聊天记录（${dates}）`;
  const called = service?.replace(/^./, (letter) => letter.toUpperCase());
  if (name === '') return `${called === undefined ? 'Chat' : `${called} chat`}, ${dates}`;
  if (rest.length === 1 && /^slack|^discord/i.test(service ?? '')) return `#${name} on ${called}, ${dates}`;
  return `${name.replace(/^./, (letter) => letter.toUpperCase())} chat, ${dates}`;
}

/** `红楼梦_人文社_1-5回` as `红楼梦（人文社，1-5回）`, `微信群聊_电梯群` as `电梯群微信群聊`. */
function chineseTitle(parts: readonly string[], date: string): string {
  const chat = parts.find((part) => /^(?:聊天记录|微信群聊|群聊|微信聊天记录)$/.test(part)) ?? '';
  const [first = '', ...rest] = parts.filter((part) => part !== chat);
  const inside = [...rest, date].filter((part) => part !== '').join('，');
  return `${first}${chat}${inside === '' ? '' : `（${inside}）`}`;
}

/** `harvest-2013-2020`, and no month: `2013-10`. */
const yearsIn = /(?<!\d)((?:19|20)\d\d)[-_ –]((?:19|20)\d\d)(?!\d)/;

/** The name of a file as a title: `2025-04-09_joint-committee_hearing2` as `Joint Committee hearing 2, 9 April 2025`. */
export function fileTitle(name: string, text: string): string {
  const years = yearsIn.exec(name);
  if (years !== null && years[0] !== name && !hasHan(name))
    return `${fileTitle(name.replace(years[0], '_'), text)}, ${years[1]}–${years[2]}`;
  const isChinese = hasHan(name);
  const date = dateIn.exec(name);
  const parts = (date === null ? name : name.replace(date[0], '_'))
    .replace(/^(slack|discord|telegram|whatsapp|signal|irc|微信)-/i, '$1_')
    .split(/[_\s]+/)
    .map((part) => part.replace(/^[-.,]+|[-.,]+$/g, ''))
    .filter((part) => part !== '' && !ofFile.test(part));
  const dates = chatDates(text, isChinese);
  if (dates !== undefined && !/^\s*#/.test(text)) return chatTitle(parts, dates, isChinese);
  if (isChinese && parts.length > 1) return chineseTitle(parts, date === null ? '' : sayDate(date, true));
  const kind = parts.map((part) => talk.exec(part)).find((found) => found !== null);
  const words = parts
    .filter((part) => part !== kind?.[0])
    .map((part) => (isCode.test(part) ? part : asInText(part.replace(/-/g, ' '), text)))
    // What numbers a recording in an archive stands last.
    .sort((a, b) => Number(isCode.test(a)) - Number(isCode.test(b)));
  const said = kind === undefined ? '' : [kind[1]?.toLowerCase(), kind[2]].filter(Boolean).join(' ');
  const [first = '', ...rest] = words;
  const named = kind === undefined ? words.join(' ') : [`${first} ${said}`.trim(), ...rest].join(', ');
  const whole = date === null ? named : [named, sayDate(date, isChinese)].filter(Boolean).join(isChinese ? '' : ', ');
  return /^[\p{Lu}\d-]{7,}$/u.test(whole)
    ? whole.slice(0, 1) + whole.slice(1).toLowerCase()
    : whole.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
