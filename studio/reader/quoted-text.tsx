/** @file A completion whose sentences lead to their places in the prompt. */
import type { SourcedSentence } from '../../src/studio/shared/reading/answer-sentences.ts';
import { percent } from '../lib/format.ts';

export function QuotedText({
  text,
  sentences,
  onSentence,
}: {
  readonly text: string;
  readonly sentences: readonly SourcedSentence[];
  readonly onSentence: (index: number) => void;
}) {
  const parts = [];
  let at = 0;
  for (const [i, { from, to, start, share, quoted }] of sentences.entries()) {
    if (from < at || start === undefined) continue;
    parts.push(text.slice(at, from));
    parts.push(
      <button
        key={i}
        type="button"
        class={quoted ? 'quote-link' : 'quote-link guessed'}
        onClick={() => onSentence(i)}
        title={quoted ? 'A passage of it stands in the prompt' : `A guess: ${percent(share)} of its words stand there`}
      >
        {text.slice(from, to)}
      </button>,
    );
    at = to;
  }
  return (
    <div class="quoted">
      {parts}
      {text.slice(at)}
    </div>
  );
}
