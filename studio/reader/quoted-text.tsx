/** @file A completion whose passages lead to their places in the prompt. */
import type { Quote } from '../../src/studio/shared/reading/find-quotes.ts';

export function QuotedText({
  text,
  quotes,
  onQuote,
}: {
  readonly text: string;
  readonly quotes: readonly Quote[];
  readonly onQuote: (index: number) => void;
}) {
  const parts = [];
  let at = 0;
  for (const [i, { from, to }] of quotes.entries()) {
    if (from < at) continue;
    parts.push(text.slice(at, from));
    parts.push(
      <button key={i} type="button" class="quote-link" onClick={() => onQuote(i)} title="Where it stands in the prompt">
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
