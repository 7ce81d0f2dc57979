/** @file One block of a text: heading, table, turn or paragraph, with its marks. */
import type { Block } from '../../src/studio/shared/reading/blocks.ts';
import { type Mark, segmentsOf } from '../../src/studio/shared/reading/segments.ts';

interface TextProps {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
  readonly current: string | undefined;
}

/** A stretch with its marks; each knows its name, so that it can be scrolled to. */
export function MarkedText({ text, start, end, marks, current }: TextProps) {
  return (
    <>
      {segmentsOf(start, end, marks).map((segment) => {
        const said = text.slice(segment.start, segment.end);
        if (segment.marks.length === 0) return said;
        const ids = segment.marks.map(({ id }) => id);
        const classes = [
          ...segment.marks.map(({ kind }) => kind),
          ...(current !== undefined && ids.includes(current) ? ['current'] : []),
        ];
        return (
          <mark key={segment.start} class={classes.join(' ')} data-marks={ids.join(' ')}>
            {said}
          </mark>
        );
      })}
    </>
  );
}

/** Cells of a row of a table, with where each stands. */
function cellsOf(text: string, start: number, end: number): { start: number; end: number }[] {
  const line = text.slice(start, end);
  const separator = line.includes('|') ? '|' : '\t';
  const cells: { start: number; end: number }[] = [];
  let at = 0;
  for (const part of line.split(separator)) {
    const lead = part.length - part.trimStart().length;
    cells.push({ start: start + at + lead, end: start + at + lead + part.trim().length });
    at += part.length + 1;
  }
  const bare =
    separator === '|'
      ? cells.slice(line.trimStart().startsWith('|') ? 1 : 0, line.trimEnd().endsWith('|') ? -1 : undefined)
      : cells;
  return bare;
}

function Table({
  text,
  block,
  marks,
  current,
}: { readonly text: string; readonly block: Block } & Pick<TextProps, 'marks' | 'current'>) {
  const rows: { start: number; end: number }[] = [];
  for (let at = block.start; at < block.end; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 || found > block.end ? block.end : found;
    const line = text.slice(at, end);
    if (line.trim() !== '' && !/^[\s|:-]+$/.test(line)) rows.push({ start: at, end });
    at = end + 1;
  }
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.start}>
            {cellsOf(text, row.start, row.end).map((cell) => (
              <td key={cell.start}>
                <MarkedText text={text} {...cell} marks={marks} current={current} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** @param marks Those of this block. */
export function BlockView({
  text,
  block,
  marks,
  current,
}: { readonly text: string; readonly block: Block } & Pick<TextProps, 'marks' | 'current'>) {
  if (block.kind === 'table') return <Table text={text} block={block} marks={marks} current={current} />;
  let end = block.end;
  while (end > block.start && /\s/.test(text[end - 1] ?? '')) end--;
  // The signs around a heading are layout: its size says the same.
  if (block.kind === 'heading') end = block.start + text.slice(block.start, end).replace(/\s*={2,}$/, '').length;
  const speaker = block.kind === 'turn' ? (block.speaker ?? 0) : 0;
  const lead =
    block.kind === 'heading'
      ? (/^(?:#{1,6}|={2,})\s+/.exec(text.slice(block.start, block.start + 12))?.[0].length ?? 0)
      : speaker +
        (/^\s*/.exec(text.slice(block.start + speaker, block.start + speaker + 10))?.[0].length ?? 0) *
          Number(speaker > 0);
  return (
    <>
      {speaker > 0 && <span class="speaker">{text.slice(block.start, block.start + speaker)}</span>}
      <MarkedText text={text} start={block.start + lead} end={end} marks={marks} current={current} />
    </>
  );
}
