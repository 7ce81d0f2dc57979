/** @file How plays name who speaks: `ANNA.` and `Ann.`, above the words or before them, and what stands in brackets beside a name. */
import type { FoundHead } from './marks.ts';

/** `(12:03)`, `[laughing]`, `（笑）`. */
export const aside = '(?: ?[*_]{0,2}[([（【]([^()（）[\\]【】\\n]{1,60})[)\\]）】][*_]{0,2})?';
const asideApart = aside.replace('(?: ?', '(?: ');

const capsWord = "[\\p{Lu}\\p{N}][\\p{Lu}\\p{N}'’&]*(?:[-.](?=[\\p{Lu}\\p{N}])[\\p{Lu}\\p{N}'’]+)*";
const capsTitle =
  '(?<=(?<![\\p{L}])(?:M(?:RS?|S|ESSRS|LLE|ME)|DRS?|STE?|REV|HON|GEN|COL|CAPT|LT|SGT|PROF|SEN|REP|\\p{Lu}))\\.(?= \\p{Lu})';
const caps = `(?:\\d(?:st|nd|rd|th|ST|ND|RD|TH|\\.)? ?)?(?=[^\\n]{0,8}\\p{Lu}['’.]?\\p{Lu})${capsWord}(?:${capsTitle})?(?:,? (?:(?:and|of|the|&|de|et|y|и|la|le) ){0,2}${capsWord}(?:${capsTitle})?){0,5}`;
const capitals = new RegExp(
  `^(${caps})(?:, (?!and |with )[\\p{Ll}][^.!?:\\n]{1,60}[.:]?$|, ?[*_][^*_\\n]{1,80}[*_][ \\t]+(?=\\S)|${asideApart}(?:[.]${asideApart}[ \\t]*$|$|[.](?:[ \\t]+|—|-- ?)(?=\\S)|(?= [*_]{0,2}[[(].*[\\])])))`,
  'u',
);
const mixedWord = "\\p{Lu}[\\p{Ll}'’][\\p{L}'’-]*";
const mixed = new RegExp(
  `^(\\d(?:st|nd|rd|th)?\\.? ?\\p{Lu}\\p{Ll}{1,6}|${mixedWord}(?:\\.? (?:and |of |the |& )?(?:${mixedWord}|\\d)){0,2})\\.(?:[ \\t]*$|[ \\t]+(?=["“‘'(\\[_*]{0,2}[\\p{Lu}\\d'’])|(?= ?[—-]{1,2}))`,
  'u',
);
/** `LADY FalconBRIDGE.`, `SHALLOW, PAGE, &c.` alone. */
const oddCase = /^(?=.{0,30}\p{Lu}{3})\p{Lu}[\p{L}'’]*(?:,? (?:of |and |the )?(?:\p{Lu}[\p{L}'’]*|&c?)){1,4}\.$/u;

/** The second of two abbreviations that are one name: `SEC. BRO.` */
const secondShort = /^(\p{Lu}{3,5}\.)(?=\s)/u;
/** What is said, and short for nothing. */
const called =
  /^(?:yes|no|nay|aye|oh|ah|why|what|how|who|now|well|stop|help|come|hark|look|stay|peace|good|hold|away|there|here|never|amen|alas|true|lord|lady|king|sir|ho|go|so|see|dead|gone|done|fire|war|god)\.$/i;

/** Where a name of two abbreviations ends, if what stands before the first period is only the first of them. */
function secondPart(words: string, first: string): string | undefined {
  if (!/^\p{Lu}{2,4}$/u.test(first) || !words.startsWith(`${first}. `)) return undefined;
  const second = secondShort.exec(words.slice(first.length + 2))?.[1];
  return second === undefined || called.test(second) ? undefined : second;
}

/** `ANNA.` and `Ann.`, above the words or before them. */
export function playOf(words: string): FoundHead | undefined {
  const big = capitals.exec(words);
  if (big?.[1] !== undefined) {
    const second = secondPart(words, big[1]);
    if (second !== undefined) {
      const speaker = `${big[1]}. ${second}`;
      const rest = words.slice(speaker.length);
      return {
        form: rest.trim() === '' ? 'own-dot' : 'lead',
        speaker,
        bodyStart: words.length - rest.trimStart().length,
      };
    }
    const bodyStart = big[0].length;
    const alone = bodyStart >= words.length;
    const rest = words.slice(bodyStart);
    // Two who speak together.
    if (!alone && /^[\p{Lu} .,'’&]{4,30}\.$/u.test(rest))
      return { form: 'own-dot', speaker: `${words.slice(0, -1)}`, bodyStart: words.length };
    // A sentence in capitals is a notice.
    if (!alone && !/\p{Ll}/u.test(rest) && rest.length > 25) return undefined;
    const form = alone ? (/[.,]/.test(big[0].slice(big[1].length)) ? 'own-dot' : 'own') : 'lead';
    return { form, speaker: big[1].trim(), bodyStart };
  }
  if (oddCase.test(words)) return { form: 'own-mixed', speaker: words.slice(0, -1), bodyStart: words.length };
  const small = mixed.exec(words);
  if (small?.[1] === undefined || small[1].length > 30) return undefined;
  const bodyStart = small[0].length;
  return { form: bodyStart >= words.length ? 'own-mixed' : 'lead-mixed', speaker: small[1], bodyStart };
}
