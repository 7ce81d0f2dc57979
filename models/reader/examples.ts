/**
 * @file Examples to learn from: one context with the questions asked of it, each with its response, as text.
 */
import { type Random, random } from '../../src/random.ts';
import type { TaskId } from '../../src/tasks/task.ts';
import { type Ask, askers, askersOf } from './asks.ts';
import { entries } from './entries.ts';
import { recordAskers } from './record-asks.ts';
import { records, recordsText, tokensPerRecord } from './records.ts';
import { releases } from './releases.ts';
import { tables } from './tables.ts';
import { talk, talkAskers } from './talks.ts';
import type { World } from './world.ts';

/** A question with its response, as they follow the context. */
export interface Branch {
  readonly task: TaskId;
  readonly kind: string;
  readonly ask: string;
  readonly response: string;
}

export interface Example {
  readonly context: string;
  readonly branches: readonly Branch[];
}

/** Kinds of documents. */
export type View = 'entries' | 'records' | 'tables' | 'talk' | 'releases';

/** What to draw. */
export interface Recipe {
  /** Tokens of a context, about: drawn evenly on a logarithmic scale. */
  readonly tokens: readonly [least: number, most: number];
  readonly branches: number;
  /** Kinds of questions with their shares; those that a kind of documents does not have are left out. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Kinds of documents with their shares; entries alone by default. */
  readonly views?: Readonly<Partial<Record<View, number>>>;
}

/** What a token of this text has, in characters, about. */
const charactersPerToken = 2.2;

/** From `least` to `most`, small numbers as often as large ones. */
const between = (rng: Random, least: number, most: number): number =>
  Math.round(least * (Math.max(most, least) / least) ** rng.next());

/** A world of entries whose documents have about so many tokens. */
export function worldOf(rng: Random, tokens: number): World {
  const characters = tokens * charactersPerToken;
  const count = between(rng, 3, Math.min(60, Math.floor(characters / 60)));
  const perEntry = characters / count - 40;
  return entries(rng, {
    count,
    fields: Math.max(1, Math.min(70, Math.round(perEntry / 33))),
    missing: rng.chance(0.5) ? 0 : 0.2,
  });
}

/** Questions over one context, by kind. */
interface Asked {
  readonly text: string;
  readonly by: Readonly<Record<string, (rng: Random) => Ask | undefined>>;
}

const overWorld = (world: World, view: View): Asked => ({
  text: world.text,
  by: Object.fromEntries(askersOf(view).map((kind) => [kind, (rng: Random) => askers[kind]?.(world, rng)])),
});

/** Documents of a kind, of about so many tokens, with what can be asked about them. */
export function contextOf(view: View, rng: Random, tokens: number): Asked {
  switch (view) {
    case 'entries':
      return overWorld(worldOf(rng, tokens), view);
    case 'records': {
      const dossier = records(rng, Math.max(4, Math.round(tokens / tokensPerRecord)));
      return {
        text: recordsText(dossier),
        by: Object.fromEntries(
          Object.entries(recordAskers).map(([kind, ask]) => [kind, (own: Random) => ask(dossier, own)]),
        ),
      };
    }
    case 'tables': {
      const columns = rng.integer(1, 5);
      return overWorld(tables(rng, Math.max(3, Math.round(tokens / (8 + 8 * columns))), columns), view);
    }
    case 'releases': {
      const changes = rng.integer(1, 6);
      return overWorld(releases(rng, Math.max(3, Math.round(tokens / (22 + 13 * changes))), changes), view);
    }
    case 'talk': {
      const drawn = talk(rng, Math.max(4, Math.round(tokens / 48)));
      return {
        text: drawn.text,
        by: Object.fromEntries(
          Object.entries(talkAskers).map(([kind, ask]) => [kind, (own: Random) => ask(drawn, own)]),
        ),
      };
    }
  }
}

const branchOf = ({ task, kind, question, contract, rationale, gold }: Ask, view: View): Branch => ({
  task,
  kind: view !== 'tables' && view !== 'releases' ? kind : `${view}-${kind}`,
  ask: `\n\n${question}\n${contract}\n<think>\n`,
  response: `${rationale}\n</think>\n[Answer]\n${gold.join('\n')}<|end|>`,
});

const lotsOf = <Key extends string>(shares: Readonly<Partial<Record<Key, number>>>): Key[] =>
  (Object.keys(shares) as Key[]).flatMap((key) =>
    Array.from({ length: Math.round((shares[key] ?? 0) * 10) }, () => key),
  );

/** Up to `count` different questions over one context, of the kinds of `shares`, or of all. */
export function asksOf(
  view: View,
  rng: Random,
  tokens: number,
  count: number,
  shares: Readonly<Record<string, number>> = {},
): { readonly text: string; readonly ask: Ask }[] {
  const { text, by } = contextOf(view, rng, tokens);
  const wanted = lotsOf(shares).filter((kind) => by[kind] !== undefined);
  const lots = wanted.length > 0 ? wanted : Object.keys(by);
  const asks = new Map<string, Ask>();
  for (let tries = 0; tries < count * 4 && asks.size < count; tries++) {
    const ask = by[rng.pick(lots)]?.(rng);
    if (ask !== undefined && !asks.has(ask.question)) asks.set(ask.question, ask);
  }
  return [...asks.values()].map((ask) => ({ text, ask }));
}

/** Example number `index` of a seeded, endless stream. */
export function example(recipe: Recipe, seed: number, index: number): Example {
  const views = lotsOf(recipe.views ?? { entries: 1 });
  const [least, most] = recipe.tokens;
  for (let attempt = 0; ; attempt++) {
    const rng = random('reader', seed, index, attempt);
    const view = rng.pick(views);
    const asks = asksOf(view, rng, least * (most / least) ** rng.next(), recipe.branches, recipe.kinds);
    const [first] = asks;
    if (first !== undefined && asks.length > recipe.branches / 2)
      return { context: first.text, branches: asks.map(({ ask }) => branchOf(ask, view)) };
  }
}
