/** @file The whole text beside itself: its lines as a texture, its marks as colours, a ruler in tokens, and what is in sight. */
import { useEffect, useRef } from 'preact/hooks';
import type { Block } from '../../src/studio/shared/reading/blocks.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { size } from '../lib/format.ts';
import { colour, theme } from '../lib/theme.ts';

interface MinimapProps {
  readonly length: number;
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly tokens: number;
  /** Offsets in sight. */
  readonly from: number;
  readonly to: number;
  readonly onGo: (offset: number) => void;
}

const colours: Readonly<Record<string, string>> = {
  evidence: 'mark-strong',
  'gold-mark': 'good',
  quote: 'accent',
  found: 't5',
  distractor: 'bad',
};

function draw(canvas: HTMLCanvasElement, { length, blocks, marks }: MinimapProps): void {
  const ratio = devicePixelRatio;
  const { clientWidth: width, clientHeight: height } = canvas;
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const y = (offset: number) => (offset / Math.max(1, length)) * height;
  pen.fillStyle = colour('strong-line');
  for (const block of blocks) {
    const heading = block.kind === 'heading';
    pen.globalAlpha = heading ? 0.9 : 0.25;
    const top = y(block.start);
    pen.fillRect(
      heading ? 6 : 10,
      top,
      heading ? width - 14 : width - 20,
      Math.max(heading ? 1 : 0.5, (y(block.end) - top) * 0.7),
    );
  }
  pen.globalAlpha = 1;
  for (const { kind, start, end } of marks) {
    pen.fillStyle = colour(colours[kind.split(' ')[0] ?? ''] ?? 'accent');
    pen.fillRect(
      kind === 'found' ? width / 2 : 4,
      y(start) - 1,
      kind === 'found' ? width / 2 - 4 : width - 8,
      Math.max(3, y(end) - y(start)),
    );
  }
}

export function Minimap(props: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { length, blocks, marks, tokens, from, to, onGo } = props;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => draw(element, props));
    observer.observe(element);
    return () => observer.disconnect();
  }, [length, blocks, marks, theme.value]);
  const jump = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onGo(((event.clientY - box.top) / box.height) * length);
  };
  const share = (offset: number) => `${(offset / Math.max(1, length)) * 100}%`;
  return (
    <div class="minimap" onClick={jump} title={`${size(tokens)} tokens`} aria-hidden="true">
      <canvas ref={canvas} />
      <div class="window" style={{ top: share(from), height: share(to - from) }} />
      {tokens > 0 &&
        [0.25, 0.5, 0.75].map((depth) => (
          <span key={depth} class="depth" style={{ top: `${depth * 100}%` }}>
            {size(tokens * depth)}
          </span>
        ))}
    </div>
  );
}
