/** @file The whole text beside itself: its lines as a texture, its marks as colours, a ruler in tokens, and what is in sight. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Block } from '../../src/studio/shared/reading/blocks.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';
import { size } from '../lib/format.ts';
import { colour, theme } from '../lib/theme.ts';

/** A stretch of the text that is shaded: a document without evidence. */
export interface Shade {
  readonly start: number;
  readonly end: number;
}

interface MinimapProps {
  readonly length: number;
  readonly blocks: readonly Block[];
  readonly marks: readonly Mark[];
  readonly shades: readonly Shade[];
  readonly tokens: number;
  /** Whoever scrolls moves it. */
  readonly frame: Frame;
  readonly onGo: (offset: number) => void;
}

const colours: Readonly<Record<string, string>> = {
  evidence: 'mark-strong',
  'gold-mark': 'good',
  quote: 'accent',
  found: 't5',
  distractor: 'bad',
  near: 'warn',
};
/** Below, so that what counts lies on top. */
const order = ['fact', 'near', 'distractor', 'quote', 'gold-mark', 'evidence', 'found'];

/** Where each kind lies across the map, so that one does not hide the other: what proves from edge to edge, the others beside each other. */
const lanes: Readonly<Record<string, readonly [from: number, to: number]>> = {
  evidence: [0, 1],
  near: [0, 0.34],
  distractor: [0, 0.34],
  'gold-mark': [0.34, 0.67],
  quote: [0.67, 1],
  found: [0.67, 1],
};

/** Pixels of a character where the map is not full: a line of 80 characters is 3 pixels high. */
const largestScale = 3 / 80;

/** Pixels of the whole text: a short one is no wall of blocks. */
const mapHeight = (length: number, height: number): number => Math.min(height, Math.max(40, length * largestScale));

const kindOf = ({ kind }: Mark): string => kind.split(' ')[0] ?? '';

/** The frame around what is in sight. It has a layer of its own and is only moved: nothing is laid out or painted for it. */
export class Frame {
  readonly element = { current: null as HTMLDivElement | null };
  /** Pixels of the text on the map. */
  height = 0;
  private size = 0;

  move(from: number, to: number, length: number): void {
    const frame = this.element.current;
    if (frame === null || this.height === 0) return;
    const share = Math.max(6, Math.round(((to - from) / Math.max(1, length)) * this.height));
    // Its height changes with every block that comes into sight; a few pixels more or less say nothing.
    if (Math.abs(share - this.size) > Math.max(3, this.size / 3)) {
      this.size = share;
      frame.style.height = `${share}px`;
    }
    frame.style.transform = `translateY(${Math.round((from / Math.max(1, length)) * this.height)}px)`;
  }
}

function draw(canvas: HTMLCanvasElement, { length, blocks, marks, shades }: MinimapProps): void {
  const ratio = devicePixelRatio;
  const { clientWidth: width, clientHeight: height } = canvas;
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const y = (offset: number) => (offset / Math.max(1, length)) * mapHeight(length, height);
  pen.fillStyle = colour('line');
  for (const { start, end } of shades) pen.fillRect(0, y(start), width, Math.max(1, y(end) - y(start)));
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
  const ordered = [...marks].sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)));
  for (const mark of ordered) {
    const kind = kindOf(mark);
    pen.fillStyle = colour(colours[kind] ?? 'soft');
    const [from, to] = lanes[kind] ?? [0.5, 1];
    pen.fillRect(
      3 + from * (width - 6),
      y(mark.start) - 1,
      (to - from) * (width - 6) - 1,
      Math.max(kind === 'fact' ? 1 : 3, y(mark.end) - y(mark.start)),
    );
  }
}

export function Minimap(props: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  /** Share of the map that the text takes. */
  const [filled, setFilled] = useState(1);
  const { length, blocks, marks, shades, tokens, frame, onGo } = props;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      frame.height = mapHeight(length, element.clientHeight);
      setFilled(frame.height / Math.max(1, element.clientHeight));
      draw(element, props);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [length, blocks, marks, shades, theme.value]);
  const jump = (event: MouseEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onGo(Math.min(1, (event.clientY - box.top) / Math.max(1, frame.height)) * length);
  };
  return (
    <div class="minimap" onClick={jump} title={`${size(tokens)} tokens`} aria-hidden="true">
      <canvas ref={canvas} />
      <div class="window" ref={frame.element} />
      {tokens > 0 &&
        filled > 0.5 &&
        [0.25, 0.5, 0.75].map((depth) => (
          <span key={depth} class="depth" style={{ top: `${depth * filled * 100}%` }}>
            {size(tokens * depth)}
          </span>
        ))}
    </div>
  );
}
