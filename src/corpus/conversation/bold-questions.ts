/**
 * @file Interviews as magazines print them: questions in bold, answers below, and who they are told once before. Where the text does not say
 * who asks and who answers, it is no conversation: a page of common questions looks the same.
 */
import type { Span } from '../document.ts';
import { directionsIn } from './directions.ts';
import { isInterview } from './evidence.ts';
import { fullName } from './parties.ts';
import type { Turn } from './turn.ts';

const question = /(?<=^|\n[ \t]*\n)(\*\*|__)([^*_\n]{3,600})\1[ \t]*(?=\n[ \t]*\n)/g;
const leastQuestions = 4;
/** Share of them that end in a question mark. */
const leastAsked = 0.6;
/** Before the first question stands who is who. */
const looked = 3000;

/** A rule or a heading: what follows is no answer. */
const ending = /\n[ \t]*(?:(?:[-*_] ?){3,}|#{1,6} [^\n]*)[ \t]*(?=\n|$)/;

const asker = new RegExp(
  `\\b(?:[Ss]poke|[Tt]alk(?:s|ed)|[Ss]peaks) (?:to|with) (${fullName})|\\b[Ii]nterview(?:ed)? by:? \\*{0,2}(${fullName})|^[*_]{0,2}(?:Interview|Words|Questions)[*_]{0,2}: ?(${fullName})`,
  'gmu',
);
const answerer = new RegExp(
  `\\b(?:questions? (?:for|to)|interview with|conversation with|minutes with|[Mm]eet|[Ww]e met) (${fullName})|(${fullName})(?=, \\d{2},)`,
  'giu',
);

/** `Ines Quarrie has built boats for thirty years. She talks about oak.` below the title: `she` is the one person of the sentences before. */
const presented = new RegExp(
  `(?:^|\\n)[>*_“ ]*(${fullName}) (?=\\p{Ll})[^.!?\\n]{10,300}[.!?] (?:She|He|They) (?:talks?|spoke|speaks?|tells?|told|explains?|describes?|discuss(?:es)?|looks? back|reflects?|remembers?)\\b`,
  'gu',
);

const only = (text: string, patterns: readonly RegExp[], isOther: (name: string) => boolean): string | undefined => {
  const names = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, ...groups]) => groups.find((name) => name !== undefined) ?? ''),
  );
  const [name, ...others] = new Set(names.filter((one) => /^\p{Lu}/u.test(one) && isOther(one)));
  return others.length === 0 ? name : undefined;
};

/** The turn of who says what stands in this span, without the directions before it. */
function turnAt(text: string, speaker: string, span: Span, bodyStart: number): Turn {
  const apart = directionsIn(text, { start: bodyStart, end: span.end }, 'transcript');
  // A paragraph in brackets stands below a picture as often as it tells what is done.
  const interruptions = apart.filter((one) => /\n\s*\n\[$/.test(text.slice(Math.max(0, one.start - 4), one.start + 1)));
  const directions = apart.filter((one) => !interruptions.includes(one));
  let start = bodyStart;
  for (const one of directions) {
    if (text.slice(start, one.start).trim() !== '') break;
    start = one.end + (/^\s*/.exec(text.slice(one.end, span.end))?.[0].length ?? 0);
  }
  return {
    speaker,
    time: undefined,
    span,
    bodyStart: start,
    ...(directions.length === 0 ? {} : { directions }),
    ...(interruptions.length === 0 ? {} : { interruptions }),
  };
}

/** The turns of such an interview; none where it is none, or leaves open whose the words are. */
export function findBoldQuestions(text: string): Turn[] {
  if (!text.includes('**') && !text.includes('__')) return [];
  const questions = [...text.matchAll(question)];
  const [first] = questions;
  if (first === undefined || questions.length < leastQuestions) return [];
  if (questions.filter(([, , words = '']) => /[?？]["”’]?$/.test(words.trim())).length < leastAsked * questions.length)
    return [];
  const before = text.slice(0, Math.min(looked, first.index));
  const asks = only(before, [asker], () => true);
  const answers = only(before, [answerer, presented], (name) => name !== asks);
  if (asks === undefined || answers === undefined) return [];
  const turns = questions.flatMap(({ index, 0: whole, 1: mark = '' }, i): Turn[] => {
    const end = index + whole.trimEnd().length;
    const own = text.slice(end, questions[i + 1]?.index ?? text.length);
    const words = own.slice(0, ending.exec(own)?.index ?? own.length).trimEnd();
    const from = end + words.length - words.trimStart().length;
    const asked = turnAt(text, asks, { start: index, end: end - mark.length }, index + mark.length);
    if (words.trim() === '') return [asked];
    return [asked, turnAt(text, answers, { start: from, end: end + words.length }, from)];
  });
  return isInterview(text, turns, (speaker) => speaker === asks) ? turns : [];
}
