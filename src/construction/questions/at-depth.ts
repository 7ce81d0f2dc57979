/**
 * @file Gate g6: the documents of a context in another order, so that what decides stands in the tenth of the context that is its turn.
 */
import { tenthOf } from '../gates/depth.ts';
import type { Context, ContextDocument, QuestionDraft } from './question.ts';

const lengthOf = ({ span }: ContextDocument): number => span.end - span.start;

/** How far beside the tenth that is asked for the first proof may stand, in tenths. */
const near = 1;

/**
 * Which of some lengths come nearest to a sum: of the sums that can be made, in steps of a two-hundredth of the whole, the nearest.
 * Numbers of the lengths.
 */
function nearestSum(lengths: readonly number[], wanted: number): readonly number[] {
  const step = Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / 200);
  const made = new Map<number, { readonly sum: number; readonly of: readonly number[] }>([[0, { sum: 0, of: [] }]]);
  for (const [i, length] of lengths.entries())
    for (const { sum, of } of [...made.values()]) {
      const key = Math.round((sum + length) / step);
      if (!made.has(key)) made.set(key, { sum: sum + length, of: [...of, i] });
    }
  const [best] = [...made.values()].sort((a, b) => Math.abs(a.sum - wanted) - Math.abs(b.sum - wanted));
  return best?.of ?? [];
}

/** The context turned so; undefined where no order brings its first proof within one tenth of the wanted one. */
export function atDepth(context: Context, { proof: [first] }: QuestionDraft, tenth: number): Context | undefined {
  const holder = context.documents.find(({ document }) => document.id === first?.document.id);
  if (first === undefined || holder === undefined) return context;
  const others = context.documents.filter((entry) => entry !== holder);
  const all = context.documents.reduce((sum, entry) => sum + lengthOf(entry), 0);
  const within = first.span.start - holder.span.start;
  const before = new Set(nearestSum(others.map(lengthOf), ((tenth + 0.5) / 10) * all - within));
  const documents = [...others.filter((_, i) => before.has(i)), holder, ...others.filter((_, i) => !before.has(i))];
  const at = others.filter((_, i) => before.has(i)).reduce((sum, entry) => sum + lengthOf(entry), within);
  if (Math.abs(tenthOf(at / Math.max(1, all)) - tenth) > near) return undefined;
  const chosen = context.chosen.map((i) => documents.indexOf(context.documents[i] ?? holder));
  return { ...context, documents, chosen: chosen.sort((a, b) => a - b) };
}
