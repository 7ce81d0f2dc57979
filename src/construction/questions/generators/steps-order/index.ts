/** @file T8: the steps of a procedure of a document, quoted without their numbers, to be put in their order. */
import type { Document } from '../../../../corpus/document.ts';
import { beginsStep, type ListItem } from '../../../../corpus/structure/lists.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument, Proof, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { isClosed, oneLine, quotable, timesIn } from '../../views/provisions/quoting.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Four things are put in order by common sense. */
const steps = { least: 5, most: 8 };
const lengths = { en: { least: 12, most: 200 }, zh: { least: 5, most: 90 } } as const;
/** What says which place it has, or leans on the step before. */
const placed =
  /\bsteps?\s+(?:\d|[a-z]\b)|\b(?:first|second|third|fourth|last|final|previous|preceding|next) step\b|^(?:then|next|finally|lastly|first|now|after (?:this|that)|repeat)\b|\b(?:resulting|remaining|remainder)\b|第[一二三四五六七八九十\d]+步|上一步|下一步|^(?:然后|接着|最后|首先|再)/i;
/** What the step before made: `this formula`, `the same value`. */
const pointing =
  /\b(?:this|these|those|such|the (?:same|above|former|latter|new(?:ly)?|obtained|computed|updated)|it|them|as (?:above|before))\b|(?:该|此|上述|所得|得到的|其)/i;
/** What stands before an action: when, where and with what it is taken. */
const before =
  /^(?:(?:if|when|once|after|before|while|until|using|with|without|to|from|in|on|at|for|under|by)\b[^,]{2,100},|(?:carefully|gently|slowly|optionally|immediately|manually|now|please|also|always|never|do not|don't|make sure|be sure)\b,?)\s+/i;
/** Who may or can is told a condition, whatever verb follows. */
const stated =
  /^(?:you|we|it|there|this|that|these|the|an?|each|every|all|any|no|only|your|our)\b|^(?:您|你|用户|系统|该|此|本|可以|不得|不能|只有|仅)/i;

/** Whether a step says what to do: a condition among the actions has no place in their order. */
const isAction = (words: string): boolean =>
  !stated.test(words) &&
  (beginsStep(words) || beginsStep(words.replace(before, '')) || /^(?:make|be) sure\b/i.test(words));

/** Characters from which a prompt is long: there a procedure has to take more than one passage, else who finds that need not read on. */
const longFrom = { en: 26_000, zh: 10_000 } as const;
/** Tries to draw steps over one context. */
const tries = 6;

interface Step {
  readonly quote: string;
  readonly proof: Proof;
}

/** What leads in powers, conditions and choices, whose order says nothing. */
const choices =
  /(?:\b(?:may|can|powers?|rights?|entitled|either|any of|one of|conditions?|reasons?|criteria|cases?)\b|可以|有权|条件|情形|之一)[^.。\n]*[:：]?\s*$/i;
const longestLead = 160;

/** Procedures: numbered lists of things to do, under a heading of their own. */
function procedures(
  { text }: Document,
  { lists, sections }: Structure,
): { name: string; items: readonly ListItem[] }[] {
  return lists.flatMap(({ steps: tells, ordered, items, span }) => {
    if (choices.test(text.slice(Math.max(0, span.start - longestLead), span.start))) return [];
    const home = sections.filter((one) => one.span.start <= span.start && span.end <= one.span.end).at(-1);
    const name =
      home?.title
        .replace(/\s*\[[^\]]*\]/g, '')
        .replace(/\s+/g, ' ')
        .trim() ?? '';
    const isNamed = name.length >= 4 && name.length <= 80 && !/[“”]|\.[a-z]{2,4}$/.test(name);
    const alone = lists.filter(
      (other) => other.span.start >= (home?.span.start ?? 0) && other.span.end <= (home?.span.end ?? 0),
    );
    // With a second list under the heading the procedure is not told by it.
    const single = alone.filter((other) => other.ordered && other.steps).length === 1;
    return tells && ordered && items.length >= steps.least && isNamed && single ? [{ name, items }] : [];
  });
}

/** The first sentence of a step, where it can be quoted. */
function stepOf(context: Context, { document }: ContextDocument, { span }: ListItem): Step | undefined {
  // The last item may run on to what follows.
  const [own = ''] = document.text.slice(span.start, span.end).split(/\n\s*(?:\n|\d{1,2}[.)、]\s)/);
  const words = oneLine(own);
  const [first = ''] = words.split(/(?<=[.!?])\s+(?=\p{Lu})|(?<=[。！？])/u);
  const quote = first.replace(/[.。;；]+$/, '').trim();
  const { least, most } = lengths[context.language];
  const fits =
    quote.length >= least &&
    quote.length <= most &&
    quotable(quote) &&
    isClosed(quote) &&
    !placed.test(quote) &&
    isAction(quote) &&
    !pointing.test(quote) &&
    !/[:：]$/.test(quote);
  return fits && timesIn(context, quote) === 1 ? { quote, proof: { document, span } } : undefined;
}

/** A procedure with the steps that can be quoted, in their order. */
interface Quoted {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Those with steps enough, in long prompts over more than one passage. */
function quotedIn(context: Context, entry: ContextDocument, random: Random): Quoted[] {
  const length = context.documents.reduce((sum, { span }) => sum + span.end - span.start, 0);
  const least = length >= longFrom[context.language] ? 2 : 1;
  const windows = (one: Quoted): number =>
    spreadOf(
      context,
      one.steps.map(({ proof }) => proof),
    );
  const all = random
    .shuffle(procedures(entry.document, entry.facts))
    .map(({ name, items }): Quoted => ({ name, steps: items.flatMap((item) => stepOf(context, entry, item) ?? []) }));
  const fitting = all.filter((one) => one.steps.length >= steps.least && windows(one) >= least);
  return spreadFirst(fitting, windows);
}

/** An order of the options that is not the right one. */
function mixed(all: readonly Step[], random: Random): readonly Step[] | undefined {
  for (let i = 0; i < tries; i++) {
    const drawn = random.shuffle(all);
    const kept = drawn.filter((step, at) => all.indexOf(step) === at).length;
    if (kept <= 1 && all.indexOf(drawn[0] as Step) > 0) return drawn;
  }
  return undefined;
}

export const stepsOrder: QuestionGenerator = {
  id: 'steps-order',
  version: 5,
  task: 'T8',
  subtask: 'steps of a procedure',
  asks: 'Quotes the steps of a procedure without their numbers, to be put in their order.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 380,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the letters in the order of the steps, one on each line.',
    zh: '请在[答案]后按步骤的先后写出字母，每行一个。',
  },
  places(document, facts) {
    const found = procedures(document, facts);
    if (found.length === 0) return 'no numbered procedure of five steps';
    return found.map(({ items }) => ({ start: items[0]?.span.start ?? 0, end: items.at(-1)?.span.end ?? 0 }));
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    for (const { name, steps: all } of quotedIn(context, entry, random)) {
      const chosen = new Set(random.sample(all, Math.min(all.length, steps.most)));
      const inOrder = all.filter((step) => chosen.has(step));
      const drawn = mixed(inOrder, random);
      if (drawn === undefined) continue;
      return {
        slots: { work: entry.title, part: name, options: optionLines(drawn.map(({ quote }) => quote)) },
        gold: inOrder.map((step) => letterOf(drawn.indexOf(step))),
        rationale: inOrder.map(({ quote }) => quote).join('\n'),
        proof: inOrder.map(({ proof }) => proof),
      };
    }
    return 'no procedure whose steps can be quoted, in a long prompt over more than one passage';
  },
  solve,
};
