/**
 * @file The one kind of progress that all commands show: what, how much of how much, how fast, how long still. One line on a terminal, drawn anew a
 * few times a second and never wider than it; in a log a line at the start, and no more.
 */
import type { Terminal } from './terminal.ts';

/** @example formatSeconds(75) // '1:15' */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const clock = `${minutes % 60}:${String(whole % 60).padStart(2, '0')}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock.padStart(5, '0')}`;
}

/** @example formatRate(12.34) // '12/s'; formatRate(0.2) // '5.0 s each' */
export function formatRate(perSecond: number): string {
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) return '';
  if (perSecond < 1) return `${(1 / perSecond).toFixed(1)} s each`;
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;
}

const bar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
};

/** Milliseconds between two states of the line. */
const redrawMilliseconds = 200;
/** Narrower terminals have room for words alone. */
const leastForBar = 90;
const barWidth = 16;

/** How far a piece of work is. */
export interface WorkState {
  readonly done: number;
  /** Undefined where nobody knows. */
  readonly total?: number | undefined;
  /** What else is worth watching, in a few words. */
  readonly detail?: string | undefined;
}

/** The line of one piece of work after another. */
export interface ProgressLine {
  /** Begins a piece; `resumedFrom` was done before, by another process. */
  start(what: string, resumedFrom?: number): void;
  /** Draws the state, if it is time to; `always` draws it at once. */
  show(state: WorkState, always?: boolean): void;
  /** Puts a line that stays above the progress. */
  keep(text: string): void;
  /** Takes the progress away. */
  clear(): void;
}

/** `clock` in milliseconds is for tests. */
export function progressLine(terminal: Terminal, clock: () => number = () => performance.now()): ProgressLine {
  const { columns } = terminal;
  let what = '';
  let since = clock();
  let from = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (text: string): void => {
    drawn = clock();
    terminal.err(`\r\u001b[K${text.slice(0, (columns ?? 1) - 1)}`);
  };
  const textOf = ({ done, total, detail = '' }: WorkState): string => {
    const rate = (done - from) / ((clock() - since) / 1000);
    const left = total !== undefined && rate > 0 ? `ETA ${formatSeconds((total - done) / rate)}` : '';
    const graph =
      total !== undefined && (columns ?? 0) >= leastForBar ? bar(total === 0 ? 0 : done / total, barWidth) : '';
    const count = total === undefined ? String(done) : `${done}/${total}`;
    return [what.padEnd(16), graph, count, formatRate(rate), left, detail].filter((part) => part !== '').join(' ');
  };
  return {
    start(name, resumedFrom = 0) {
      [what, since, from] = [name, clock(), resumedFrom];
      if (columns === undefined) terminal.err(`${name} ...\n`);
      else draw(`${name} ...`);
      drawn = Number.NEGATIVE_INFINITY;
    },
    show(state, always = false) {
      if (columns === undefined || (!always && clock() - drawn < redrawMilliseconds)) return;
      draw(textOf(state));
    },
    keep: (text) => terminal.err(columns === undefined ? `${text}\n` : `\r\u001b[K${text}\n`),
    clear: () => void (columns !== undefined && terminal.err('\r\u001b[K')),
  };
}
