/** @file Who the short signs of a conversation stand for, where the text says so: `KM = Katya Morozova`, `Katya Morozova (KM)`. */
import type { Turn } from './turn.ts';

/** Longer labels are names themselves. */
const sign = /^\p{Lu}{2,4}$/u;
const name = "\\p{Lu}[\\p{L}'’.-]+(?: (?:de |van |von |der )?\\p{Lu}[\\p{L}'’.-]+){1,3}";
const legend = new RegExp(
  `(?<![\\p{L}\\d])(\\p{Lu}{2,4}) ?(?:=|[:–—-](?= )) ?(${name})(?=[ \\t]*(?:[,;(\\n]|$))`,
  'gu',
);
const beside = new RegExp(`(?<![\\p{L}\\d])(${name}) ?\\((\\p{Lu}{2,4})\\)`, 'gu');
/** Before the talk and behind it stands who takes part. */
const looked = 20_000;

const initials = (words: string): string =>
  words
    .split(' ')
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word[0])
    .join('');

/** The turns with the full names of speakers whose signs the text explains once and in one way. */
export function withFullNames(text: string, turns: readonly Turn[]): Turn[] {
  const signs = new Set(turns.map(({ speaker }) => speaker).filter((speaker) => sign.test(speaker)));
  if (signs.size === 0) return [...turns];
  const names = new Map<string, Set<string>>();
  const part = `${text.slice(0, looked)}\n${text.slice(Math.max(looked, text.length - looked))}`;
  const found = [
    ...Array.from(part.matchAll(legend), ([, short = '', full = '']) => [short, full] as const),
    ...Array.from(part.matchAll(beside), ([, full = '', short = '']) => [short, full] as const),
  ];
  for (const [short, full] of found)
    if (signs.has(short) && initials(full) === short) names.set(short, (names.get(short) ?? new Set()).add(full));
  return turns.map((turn) => {
    const [fullName, ...others] = names.get(turn.speaker) ?? [];
    return fullName === undefined || others.length > 0 ? turn : { ...turn, fullName };
  });
}
