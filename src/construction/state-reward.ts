/**
 * @file What construction knows of a sample's reward beside its gold: the question, how many candidates there were where guessing among
 * them would pay, and what a summary earns that knows the question, the template and the first words of the text.
 */

import { factsOf } from '../audit/blind/facts.ts';
import { respond } from '../audit/blind/probes.ts';
import { type RewardSpec, scoreResponse } from '../rewards/index.ts';

export interface Stated {
  readonly prompt: string;
  readonly question: string;
  /** Answers that know the form of the gold and none of its values. */
  readonly templates?: readonly string[] | undefined;
}

/** Guessing one of three pays no more than this on average: candidates beyond three times the golds need not be stated. */
const guessable = 3;

/** The fewest like things in the question or the context that hold all golds; undefined where they are no list. */
function candidatesOf(spec: RewardSpec, { prompt, question }: Stated): number | undefined {
  const golds = spec.gold.map((line) => line.toLowerCase());
  const sizes = Object.values(factsOf(prompt, question).lists)
    .map((list) => new Set(list.map((item) => item.toLowerCase())))
    .filter((set) => set.size > golds.length && golds.every((gold) => set.has(gold)))
    .map((set) => set.size);
  const fewest = Math.min(...sizes);
  return fewest < guessable * golds.length ? fewest : undefined;
}

const highestFloor = 0.95;

/** ROUGE-L of what is known without reading, rounded up to thousandths; undefined where it is nothing. */
function floorOf(spec: RewardSpec, { prompt, templates = [] }: Stated): number | undefined {
  const words = (spec.gold[0] ?? '').split(/\s+/).length;
  const lead = prompt
    .slice(0, 20 * words + 400)
    .split(/\s+/)
    .slice(0, words)
    .join(' ');
  const scores = [lead, ...templates].map((text) => scoreResponse(spec, respond(text), 'hardened').score);
  const floor = Math.min(highestFloor, Math.ceil(1000 * Math.max(...scores)) / 1000);
  return floor > 0 ? floor : undefined;
}

/** The reward as a sample of construction states it, with the question for the reader of answers. */
export function statedReward(spec: RewardSpec, stated: Stated): RewardSpec {
  const candidates = spec.metric === 'F1_Score' ? candidatesOf(spec, stated) : undefined;
  const floor = spec.metric === 'Summary' ? floorOf(spec, stated) : undefined;
  return {
    ...spec,
    question: stated.question,
    ...(candidates === undefined ? {} : { candidates }),
    ...(floor === undefined ? {} : { floor }),
  };
}

const known = new WeakMap<object, RewardSpec>();

/** The reward of a candidate, stated where it is first asked for: the gates and the sample need the same one. */
export function statedOnce<C extends object>(candidate: C, state: (candidate: C) => RewardSpec): RewardSpec {
  const spec = known.get(candidate) ?? state(candidate);
  known.set(candidate, spec);
  return spec;
}
