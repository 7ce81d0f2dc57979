/**
 * @file T8: steps of procedures of a document, quoted without their numbers, to be put in their order: of one procedure that takes several
 * passages, or of two, one of which is carried out after the other.
 */
import type { Document, Span } from '../../../../corpus/document.ts';
import { beginsStep, type ListItem } from '../../../../corpus/structure/lists.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument, Proof, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { isClosed, oneLine, quotable, timesIn } from '../../views/provisions/quoting.ts';
import { windowCharacters } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Four things are put in order by common sense; of two procedures nobody knows which step is whose. */
const steps = { least: 5, most: 8 };
const ofEach = { least: 3, most: 4 };
const lengths = { en: { least: 12, most: 200 }, zh: { least: 5, most: 90 } } as const;
/** What says which place it has, or leans on the step before. */
const placed =
  /\bsteps?\s+(?:\d|[a-z]\b)|\b(?:first|second|third|fourth|last|final|previous|preceding|next) step\b|^(?:then|next|finally|lastly|first|now|after (?:this|that)|repeat)\b|\b(?:resulting|remaining|remainder)\b|第[一二三四五六七八九十\d]+步|以上|重复|上一步|下一步|^(?:然后|接着|最后|首先|再)/i;
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

/** Of the steps of one procedure, what one passage may hold: who finds one with all of them need not read on. */
const heldByOne = 0.6;
/** Characters from which a prompt is long: there a passage never holds all of the steps. */
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

/** A numbered list of things to do under a heading of its own; `from` is where its section begins. */
interface Procedure {
  readonly name: string;
  readonly from: number;
  readonly items: readonly ListItem[];
}

function procedures({ text }: Document, { lists, sections }: Structure): Procedure[] {
  return lists.flatMap(({ steps: tells, ordered, items, span }) => {
    if (choices.test(text.slice(Math.max(0, span.start - longestLead), span.start))) return [];
    const home = sections.filter((one) => one.span.start <= span.start && span.end <= one.span.end).at(-1);
    const name =
      home?.title
        .replace(/\s*\[[^\]]*\]/g, '')
        .replace(/\s+/g, ' ')
        .trim() ?? '';
    const isNamed = name.length >= 2 && name.length <= 80 && !/[“”]|\.[a-z]{2,4}$/.test(name);
    const alone = lists.filter(
      (other) => other.span.start >= (home?.span.start ?? 0) && other.span.end <= (home?.span.end ?? 0),
    );
    // With a second list under the heading the procedure is not told by it.
    const single = alone.filter((other) => other.ordered && other.steps).length === 1;
    const fits = tells && ordered && items.length >= ofEach.least && isNamed && single;
    return fits ? [{ name, from: home?.span.start ?? span.start, items }] : [];
  });
}

/** Procedures of one document of which each has a name that is no part of another's. */
const toldApart = (all: readonly Procedure[]): Procedure[] =>
  all.filter(({ name }, i) => !all.some((other, j) => i !== j && other.name.includes(name)));

const extentOf = (all: readonly Procedure[]): Span => ({
  start: Math.min(...all.map(({ from }) => from)),
  end: Math.max(...all.map(({ items }) => items.at(-1)?.span.end ?? 0)),
});

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

/** What is asked about: a procedure, or two in the order in which they are carried out, with the steps that can be quoted. */
interface Quoted {
  readonly names: readonly string[];
  readonly steps: readonly Step[];
}

/** The most of the steps that one passage holds. */
function heldShare({ language }: Context, all: readonly Step[]): number {
  const starts = all.map(({ proof }) => proof.span.start);
  const held = starts.map((from) => starts.filter((at) => at >= from && at < from + windowCharacters[language]).length);
  return Math.max(...held) / Math.max(1, all.length);
}

const inOrder = (all: readonly Step[], chosen: readonly Step[]): Step[] => all.filter((step) => chosen.includes(step));

/** Where one passage holds both, what stands later is carried out first, so that the order of the text is not the answer. */
function pairOf(context: Context, [one, other]: readonly [Quoted, Quoted], random: Random): Quoted {
  const drawn = [one, other].map(({ names, steps: all }) => ({
    names,
    steps: inOrder(all, random.sample(all, Math.min(all.length, ofEach.most))),
  }));
  const all = drawn.flatMap((part) => part.steps);
  const ordered = heldShare(context, all) > heldByOne || random.chance(0.5) ? [...drawn].reverse() : drawn;
  return { names: ordered.flatMap(({ names }) => names), steps: ordered.flatMap((part) => part.steps) };
}

/** Procedures that no passage holds, then pairs of procedures. */
function quotedIn(context: Context, entry: ContextDocument, random: Random): Quoted[] {
  const all = toldApart(procedures(entry.document, entry.facts)).map(
    ({ name, items }): Quoted => ({
      names: [name],
      steps: items.flatMap((item) => stepOf(context, entry, item) ?? []),
    }),
  );
  const alone = all.filter((one) => one.steps.length >= steps.least && heldShare(context, one.steps) <= heldByOne);
  const usable = all.filter((one) => one.steps.length >= ofEach.least);
  const length = context.documents.reduce((sum, { span }) => sum + span.end - span.start, 0);
  const isLong = length >= longFrom[context.language];
  const pairs = usable
    .flatMap((one, i) => usable.slice(i + 1).map((other) => pairOf(context, [one, other], random)))
    .filter((pair) => !isLong || heldShare(context, pair.steps) < 1);
  return [...random.shuffle(alone), ...random.shuffle(pairs)];
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
  asks: 'Quotes the steps of a long procedure, or of two that follow each other, without their numbers, to be put in their order.',
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
    const found = toldApart(procedures(document, facts));
    const alone = found.filter(({ items }) => items.length >= steps.least);
    const pairs = found.flatMap((one, i) => found.slice(i + 1).map((other) => [one, other]));
    const asked = [...alone.map((one) => [one]), ...pairs];
    return asked.length === 0 ? 'no numbered procedure of five steps, nor two of three' : asked.map(extentOf);
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    for (const {
      names: [part = '', next],
      steps: all,
    } of quotedIn(context, entry, random)) {
      const right = inOrder(all, random.sample(all, Math.min(all.length, steps.most)));
      const drawn = mixed(right, random);
      if (drawn === undefined) continue;
      return {
        slots: {
          work: entry.title,
          part,
          ...(next === undefined ? {} : { next }),
          options: optionLines(drawn.map(({ quote }) => quote)),
        },
        gold: right.map((step) => letterOf(drawn.indexOf(step))),
        rationale: right.map(({ quote }) => quote).join('\n'),
        proof: right.map(({ proof }) => proof),
      };
    }
    return 'no procedure over several passages whose steps can be quoted, nor two';
  },
  solve,
};
