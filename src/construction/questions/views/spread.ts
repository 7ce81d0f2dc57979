/** @file Lines from all over a conversation, far apart. */
import type { Random } from '../../../random.ts';
import type { Context } from '../question.ts';
import { type Remark, remarksOf, standsOnce, windowsOf } from './remarks.ts';
import { isOnePerson } from './speeches.ts';
import type { Talk } from './talk.ts';

/** Lines that stand closer together are found at one look. */
const leastWindows = 3;

/** One line of each stretch of the talk, at most `ofOne` of a speaker, none of which has a speaker's name in it. */
export function spreadRemarks(
  context: Context,
  talk: Talk,
  { count, ofOne }: { readonly count: number; readonly ofOne: number },
  random: Random,
): Remark[] {
  const names = [...new Set(talk.speeches.map(({ speaker }) => speaker.toLowerCase()))].filter(
    ({ length }) => length > 1,
  );
  const taken = new Map<string, number>();
  const found: Remark[] = [];
  const each = talk.speeches.length / count;
  for (let part = 0; part < count; part++) {
    // The middle of each run, so that neighbours stand apart.
    const run = talk.speeches.slice(Math.ceil(part * each), Math.ceil(part * each + 0.7 * each));
    const remark = random
      .shuffle(run.filter(({ speaker }) => isOnePerson(speaker) && (taken.get(speaker) ?? 0) < ofOne))
      .flatMap((speech) => random.shuffle(remarksOf(speech, context.language)).slice(0, 2))
      .find(({ text }) => !names.some((name) => text.toLowerCase().includes(name)) && standsOnce(context, text));
    if (remark === undefined) continue;
    taken.set(remark.speech.speaker, (taken.get(remark.speech.speaker) ?? 0) + 1);
    found.push(remark);
  }
  return windowsOf(
    found.map(({ proof }) => proof),
    context.language,
  ) < leastWindows
    ? []
    : found;
}
