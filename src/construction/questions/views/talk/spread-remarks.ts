/** @file Lines from all over a conversation, far apart. */
import type { Random } from '../../../../random.ts';
import type { Context } from '../../question.ts';
import { type Remark, remarksOf, standApart, standsOnce } from './remarks.ts';
import { isOnePerson } from './speeches.ts';
import type { Talk } from './talk.ts';
import { isWholeSentence } from './whole-sentences.ts';

/** Sentences that say nothing out of their place: `Its support was to end in December.` */
const leans =
  /^(?:now|well|it|its|they|their|them|he|his|him|she|her|this|that|these|those|there|then|such|so|and|but|or|nor|yet|both|neither|none|some|all of|one of|of these|which|who|yes|no|why|what|how|when|where|in that|他|她|它|这|那|此|其|所以|因此|但|而|于是|然后|不过|里面|可是|然而|再说|另外|是的|不是|对|好)(?![a-z])|\b(?:one|ones|some|any|so|too|either|both|none|that|this|them|those|these)[.?!]$/i;

/** What somebody may be held to: a figure, a name, what the speaker did or will do. */
const claims: readonly RegExp[] = [
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand|million)\b|[一二三四五六七八九十百千万]{2,}/i,
  /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}/u,
  /\b(?:I|we)\b(?:'ve|'ll)? (?:have|had|will|shall|did|was|were|told|asked|wrote|gave|saw|signed|offered|promise|accept|refused|never)\b|[我本](?:们|公司)?(?:承诺|要求|认为|建议|同意|反对|保证|已经|没有)/i,
];

const weightOf = (text: string): number =>
  claims.filter((claim) => claim.test(text)).length - (/[?？]$/.test(text) ? 1 : 0) - (leans.test(text) ? 2 : 0);

/** Sentences that somebody would ask about first. */
const byWeight = (a: Remark, b: Remark): number => weightOf(b.text) - weightOf(a.text);

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
      .flatMap((speech) => [...random.shuffle(remarksOf(speech, context.language))].sort(byWeight).slice(0, 2))
      .find(
        ({ text }) =>
          !leans.test(text) &&
          isWholeSentence(text) &&
          !names.some((name) => text.toLowerCase().includes(name)) &&
          standsOnce(context, text),
      );
    if (remark === undefined) continue;
    taken.set(remark.speech.speaker, (taken.get(remark.speech.speaker) ?? 0) + 1);
    found.push(remark);
  }
  const proof = found.map((remark) => remark.proof);
  return standApart(proof, context.language) ? found : [];
}
