/**
 * @file A draft as it is asked: options and items under letters in an order that no guess is paid for, fragments under numbers with their
 * labels; and its key, with keys that are nearly right beside it.
 */
import type { Random } from '../../../random.ts';
import { type RewardSpec, scoreResponse } from '../../../rewards/index.ts';
import { tasks } from '../../../tasks/task.ts';
import { answerFailure } from '../../gates/answer-gates.ts';
import type { QuestionLanguage } from '../../questions/language.ts';
import type { Written } from '../draft.ts';
import { languageOf } from '../shown-documents.ts';
import type { DraftPlace } from './draft-place.ts';
import type { LocatedFact } from './evidence.ts';
import { type NearMiss, nearMisses } from './near-misses.ts';
import { type Said, say } from './said.ts';

/** A question with its key in the form of the answer. */
export interface Posed {
  readonly question: string;
  readonly gold: readonly string[];
  /** Keys that are wrong by one thing, the likeliest first. */
  readonly misses: readonly NearMiss[];
  /** What guessing among what the question shows earns on average, from 0 to 1. */
  readonly chance: number;
  /** What each of some guesses earns; empty where the question shows nothing to guess from. */
  readonly guesses: readonly number[];
}

/** Why no form of a question is fair. */
interface Unfair {
  readonly unfair: Said;
}

const letterOf = (i: number): string => String.fromCharCode(65 + i);

/** An order of the key's items as the question lists them, and the key in its letters. */
interface Lettered {
  readonly lines: readonly string[];
  readonly gold: readonly string[];
}

function lettered(items: readonly string[], random: Random): Lettered {
  const listed = random.shuffle(items);
  const lines = listed.map((item, i) => `${letterOf(i)}. ${item}`);
  return { lines, gold: items.map((item) => letterOf(listed.indexOf(item))) };
}

/** Orders tried until no cheap answer is paid. */
const tries = 60;

/** An order in which neither the list as it stands nor its reverse is a good answer. */
function fairOrder(place: DraftPlace, items: readonly string[], question: string, random: Random): Lettered | Unfair {
  const { task } = place.subTask;
  let why = '';
  for (let i = 0; i < tries; i++) {
    const order = lettered(items, random);
    const text = [question, ...order.lines].join('\n');
    const spec: RewardSpec = {
      metric: tasks[task].metric,
      gold: order.gold,
      language: placeLanguage(place),
      question: text,
    };
    const failure = answerFailure(spec, text);
    if (failure === undefined) return order;
    why = failure.why;
  }
  return {
    unfair: say(
      `no order of the items is safe from guessing (${why}): give more items`,
      `怎样排列都能猜中（${why}）：请给更多项`,
    ),
  };
}

const placeLanguage = ({ shown }: DraftPlace): QuestionLanguage => {
  const [first] = shown;
  return first === undefined ? 'en' : languageOf(first.document);
};

const guessesDrawn = 200;

/** What answers drawn from what the question shows earn, under the reward of the task. */
const guessRewards = (spec: RewardSpec, draw: () => readonly string[]): number[] =>
  Array.from(
    { length: guessesDrawn },
    () => scoreResponse(spec, `</think>\n[Answer]\n${draw().join('\n')}`, 'hardened').score,
  );

interface Form {
  readonly lines: readonly string[];
  readonly gold: readonly string[];
  /** A guess; undefined where the question shows nothing to guess from. */
  readonly guess?: () => readonly string[];
}

const text = ({ text: own = '' }: { readonly text?: string | undefined }): string => own;

function formOf(place: DraftPlace, written: Written, random: Random): Form | Unfair {
  const { task } = place.subTask;
  const { answer, columns = [], distractors = [], question } = written;
  const language = placeLanguage(place);
  const items = answer.map(text);
  switch (task) {
    case 'T2': {
      const [right = ''] = items;
      const order = lettered([right, ...distractors.map(text)], random);
      const letters = order.lines.map((_, i) => letterOf(i));
      let next = 0;
      // Each letter as often as another: their share is the chance.
      return {
        lines: order.lines,
        gold: order.gold.slice(0, 1),
        guess: () => [letters[next++ % letters.length] ?? ''],
      };
    }
    case 'T5':
      return { lines: [], gold: [JSON.stringify({ columns, data: answer.map(({ cells = [] }) => cells) })] };
    case 'T6': {
      const shuffled = random.shuffle(answer);
      const labels = [...new Set(items)].sort();
      const fragments = shuffled.map(({ fragment = '' }, i) => `F${i + 1}: ${fragment}`);
      const listed = `${language === 'zh' ? '标签：' : 'Labels: '}${labels.join(language === 'zh' ? '；' : '; ')}`;
      return {
        lines: [...fragments, listed],
        gold: shuffled.map((item, i) => `F${i + 1}: ${text(item)}`),
        guess: () => shuffled.map((_, i) => `F${i + 1}: ${random.pick(labels)}`),
      };
    }
    case 'T7':
    case 'T8': {
      const order = fairOrder(place, items, question, random);
      if ('unfair' in order) return order;
      return { ...order, guess: () => random.shuffle(order.gold) };
    }
    case 'T9':
      return { lines: [], gold: [written.summary ?? ''] };
    default:
      return { lines: [], gold: items };
  }
}

/** The question as it is asked, or why no form of it is fair. */
export function pose(
  place: DraftPlace,
  written: Written,
  facts: readonly LocatedFact[],
  random: Random,
): Posed | Unfair {
  const form = formOf(place, written, random);
  if ('unfair' in form) return form;
  const question = [written.question, ...form.lines].join('\n');
  const spec = { metric: tasks[place.subTask.task].metric, gold: form.gold, language: placeLanguage(place), question };
  const misses = nearMisses({ place, written, facts, gold: form.gold, random });
  const guesses = form.guess === undefined ? [] : guessRewards(spec, form.guess);
  return {
    question,
    gold: form.gold,
    misses,
    chance: guesses.reduce((sum, reward) => sum + reward, 0) / Math.max(1, guesses.length),
    guesses,
  };
}
