/** @file The headings of a text as a list that leads to them. */
import type { Block } from '../../src/studio/shared/reading/blocks.ts';

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
            {text.slice(start, Math.min(end, start + 120)).replace(/^[#=\s]+|[=\s]+$/g, '')}
          </button>
        </li>
      ))}
    </ol>
  );
}
