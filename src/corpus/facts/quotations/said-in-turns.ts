/**
 * @file Whom a pronoun beside a quotation means within a turn: `I said` is its speaker; `he said`, where the turn has told of nobody, is the
 * one person of whom the turn before told.
 */
import type { Turn } from '../../conversation/turn.ts';
import { lastBefore } from '../../structure/prose.ts';
import type { Antecedents } from './antecedents.ts';

type Named = { readonly speaker: string; readonly at: number };

const own = /^(?:I|我|俺|咱|ich|Ich|je|Je)$/;
const third = /^(?:[Hh]e|[Ss]he|他|她)$/;
/** Signs of who asks and who answers are nobody's name. */
const sign = /^(?:[QA]|[问答問]|[―—─]+)$/;

/** Where the text has the name of who speaks: before the words, or above the whole talk. */
function speakerIn(text: string, { speaker, person, fullName, span, bodyStart }: Turn): Named | undefined {
  const name = person ?? fullName ?? speaker;
  if (sign.test(name)) return undefined;
  const beside = text.slice(span.start, bodyStart).indexOf(name);
  const at = beside < 0 ? text.indexOf(name) : span.start + beside;
  return at < 0 ? undefined : { speaker: name, at };
}

/** Looks up pronouns in the turns of a text. */
export function inTurns(
  text: string,
  turns: readonly Turn[],
): (antecedents: Antecedents, told: Named) => Named | undefined {
  const spans = turns.map(({ span }) => span);
  const speakers = new Set(turns.flatMap(({ speaker, person, fullName }) => [speaker, person, fullName]));
  const speaks = (name: string): boolean =>
    [...speakers].some((one) => one !== undefined && (one.includes(name) || name.includes(one)));
  return (antecedents, { speaker, at }) => {
    const i = lastBefore(spans, at);
    const turn = turns[i];
    if (turn === undefined || at < turn.bodyStart || at >= turn.span.end) return undefined;
    if (own.test(speaker)) return speakerIn(text, turn);
    const before = turns[i - 1];
    if (before === undefined || !third.test(speaker)) return undefined;
    if (antecedents.tellsOf(turn.bodyStart, at)) return undefined;
    const body = { start: before.bodyStart, end: before.span.end };
    const found = antecedents.of(speaker, body.end, body, []);
    return found === undefined || speaks(found.speaker) ? undefined : found;
  };
}
