/**
 * @file Whether a generator makes anything of the documents of a library in prompts of a length. It is found once by draws of its own, so that
 * what comes of a place still depends on the place alone, and no place is spent on a generator that has nothing to ask.
 */
import { estimateTokens } from '../../tokens.ts';
import type { DrawContext } from '../draw-sample.ts';
import { RejectionLog } from '../report.ts';
import { drawQuestion } from './draw-question.ts';
import type { Library } from './library.ts';
import type { QuestionGenerator } from './question.ts';

/** Contexts over which a generator may try: many where they are short, which cost little and of which few may hold what it needs. */
const trials = { least: 5, most: 24, tokens: 262_144 } as const;

const trialsFor = (tokens: number): number =>
  Math.min(trials.most, Math.max(trials.least, Math.floor(trials.tokens / tokens)));

const known = new WeakMap<Library, Map<string, boolean>>();

function tried(generator: QuestionGenerator, library: Library, tokens: number): boolean {
  if (library.serving(generator).length === 0) return false;
  const { countTokens } = library;
  const drawing: DrawContext = {
    countTokens,
    tokensOf: ({ text }) => estimateTokens(text),
    log: new RejectionLog(),
    seen: new Set(),
  };
  const place = { task: generator.task, tokens, split: 'train', index: 0 } as const;
  for (let i = 0; i < trialsFor(tokens); i++)
    if (drawQuestion(drawing, { place, generator, library, labels: ['trial', generator.id, tokens, i] }) !== undefined)
      return true;
  return false;
}

/** True where one of a few draws passed all gates. */
export function serves(generator: QuestionGenerator, library: Library, tokens: number): boolean {
  const own = known.get(library) ?? new Map<string, boolean>();
  known.set(library, own);
  const key = `${generator.id} ${tokens}`;
  const found = own.get(key) ?? tried(generator, library, tokens);
  own.set(key, found);
  return found;
}
