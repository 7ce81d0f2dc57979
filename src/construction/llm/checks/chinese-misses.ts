/** @file What is nearly a key in Chinese: names in the same place of a like sentence, numbers with another digit. */
import { hanShare } from './words.ts';

/** Chinese words as long as the key that begin a clause before the same character: subjects of like sentences. */
export function inPlaceOf(texts: readonly string[], key: string): string[] {
  if (hanShare(key) < 1 || key.length > 6) return [];
  return texts.flatMap((text) => {
    const next = /\p{Script=Han}/u.exec(text.slice(text.indexOf(key) + key.length).slice(0, 1))?.[0];
    if (!text.includes(key) || next === undefined) return [];
    const like = new RegExp(`(?<=^|[\\n。，；：])\\p{Script=Han}{${key.length}}(?=${next})`, 'gu');
    return (text.match(like) ?? []).filter((one) => one !== key);
  });
}

/** The text with the last digit of its first number in Chinese characters changed; undefined where it has none. */
export function otherHanNumber(text: string): string | undefined {
  // 两 is often no more than a dual: another number is the better one to change.
  const run = /[〇零一二三四五六七八九十百千万]+/.exec(text) ?? /两/.exec(text);
  const at = run === null ? -1 : [...run[0]].findLastIndex((character) => /[一二两三四五六七八九]/.test(character));
  if (run === null || at < 0) return undefined;
  const digits = '一二三四五六七八九';
  const own = digits.indexOf((run[0][at] ?? '').replace('两', '二'));
  const place = run.index + at;
  return `${text.slice(0, place)}${digits[(own + 2) % digits.length]}${text.slice(place + 1)}`;
}
