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

/** A question with its key in the form of the answer. */
export interface Posed {
  readonly question: string;
  readonly gold: readonly string[];
  /** Keys that are wrong by one thing, the likeliest first. */
  readonly misses: readonly NearMiss[];
  /** What guessing among what the question shows earns on average, from 0 to 1. */
  readonly chance: number;
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

/** An order in which neither the list as it stands nor its reverse is a good answer; a string where there is none. */
function fairOrder(place: DraftPlace, items: readonly string[], question: string, random: Random): Lettered | string {
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
  return `no order of the items is safe from guessing (${why}): give more items`;
}

const placeLanguage = ({ shown }: DraftPlace): QuestionLanguage => {
  const [first] = shown;
  return first === undefined ? 'en' : languageOf(first.document);
};

const chanceDraws = 40;

/** What answers drawn from what the question shows earn on average. */
function chanceOf(spec: RewardSpec, draw: () => readonly string[]): number {
  let sum = 0;
  for (let i = 0; i < chanceDraws; i++)
    sum += scoreResponse(spec, `</think>\n[Answer]\n${draw().join('\n')}`, 'hardened').score;
  return sum / chanceDraws;
}

interface Form {
  readonly lines: readonly string[];
  readonly gold: readonly string[];
  /** A guess; undefined where the question shows nothing to guess from. */
  readonly guess?: () => readonly string[];
}

const text = ({ text: own = '' }: { readonly text?: string | undefined }): string => own;

function formOf(place: DraftPlace, written: Written, random: Random): Form | string {
  const { task } = place.subTask;
  const { answer, columns = [], distractors = [], question } = written;
  const language = placeLanguage(place);
  const items = answer.map(text);
  switch (task) {
    case 'T2': {
      const [right = ''] = items;
      const order = lettered([right, ...distractors.map(text)], random);
      const letters = order.lines.map((_, i) => letterOf(i));
      return { lines: order.lines, gold: order.gold.slice(0, 1), guess: () => [random.pick(letters)] };
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
      if (typeof order === 'string') return order;
      return { ...order, guess: () => random.shuffle(order.gold) };
    }
    case 'T9':
      return { lines: [], gold: [written.summary ?? ''] };
    default:
      return { lines: [], gold: items };
  }
}

/** The question as it is asked; a string where no form of it is fair. */
export function pose(
  place: DraftPlace,
  written: Written,
  facts: readonly LocatedFact[],
  random: Random,
): Posed | string {
  const form = formOf(place, written, random);
  if (typeof form === 'string') return form;
  const question = [written.question, ...form.lines].join('\n');
  const spec = { metric: tasks[place.subTask.task].metric, gold: form.gold, language: placeLanguage(place), question };
  return {
    question,
    gold: form.gold,
    misses: nearMisses({ place, written, facts, gold: form.gold, random }),
    chance: form.guess === undefined ? 0 : chanceOf(spec, form.guess),
  };
}
