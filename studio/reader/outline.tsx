/** @file The headings of a text as a list that leads to them. */
import type { Block } from '../../src/studio/shared/reading/blocks.ts';

/** A heading without its signs, cut to what fits a line. */
export const headingText = (text: string, heading: Pick<Block, 'start' | 'end'> | undefined): string =>
  heading === undefined
    ? ''
    : text.slice(heading.start, Math.min(heading.end, heading.start + 120)).replace(/^[#=\s]+|[=\s]+$/g, '');

export function Outline({
  text,
  headings,
  current,
  onGo,
}: {
  readonly text: string;
  readonly headings: readonly Block[];
  readonly current: number | undefined;
  readonly onGo: (offset: number) => void;
}) {
  if (headings.length === 0) return <p class="soft small">The text has no headings.</p>;
  const top = Math.min(...headings.map(({ level = 1 }) => level));
  return (
    <ol class="outline">
      {headings.map(({ start, end, level = 1 }) => (
        <li key={start}>
          <button
            type="button"
            style={{ paddingLeft: `${6 + (level - top) * 12}px` }}
            aria-current={start === current}
            onClick={() => onGo(start)}
          >
            {headingText(text, { start, end })}
          </button>
        </li>
      ))}
    </ol>
  );
}
