/** @file Two texts in one: what only the first says is struck, what only the second says is underlined. */
import { wordDiff } from '../../src/studio/shared/word-diff.ts';

export function Diff({
  a,
  b,
  names,
  onClose,
}: {
  readonly a: string;
  readonly b: string;
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  return (
    <section class="member" aria-label="Difference">
      <header>
        <h2>
          <del>{names[0]}</del> against <ins>{names[1]}</ins>
        </h2>
        <button type="button" class="plain small" style={{ marginLeft: 'auto' }} onClick={onClose}>
          close
        </button>
      </header>
      <div class="body">
        {wordDiff(a, b).map(({ type, text }, i) => {
          const key = { key: i };
          return type === 'same' ? (
            <span {...key}>{text}</span>
          ) : type === 'first' ? (
            <del {...key}>{text}</del>
          ) : (
            <ins {...key}>{text}</ins>
          );
        })}
      </div>
    </section>
  );
}
