/** @file A completion as it was written: its thinking soft, the place of its answer marked. */

/** Where thinking ends, in the texts of all model families. */
const thinkingEnds = /<\/(?:think|thinking|thought|reasoning)>|<\|end_of_thought\|>/gi;

/** @param at The extracted answer; empty where there is none. */
export function AnswerText({
  text,
  at,
  label,
}: {
  readonly label: string;
  readonly text: string;
  readonly at: { readonly start: number; readonly end: number } | undefined;
}) {
  const last = [...text.matchAll(thinkingEnds)].at(-1);
  const thought = last === undefined ? 0 : last.index + last[0].length;
  const [start, end] =
    at !== undefined && at.end > at.start && at.start >= thought ? [at.start, at.end] : [text.length, text.length];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section class="body" tabIndex={0} aria-label={label}>
      {thought > 0 && <span class="thinking">{text.slice(0, thought)}</span>}
      {text.slice(thought, start)}
      {end > start && <mark class="answer">{text.slice(start, end)}</mark>}
      {text.slice(end)}
    </section>
  );
}
