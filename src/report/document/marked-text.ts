/**
 * @file A text with its marks as HTML, block by block. Marks may nest and cross: one that crosses another is closed and opened again, and
 * so is every mark that goes on in the next block.
 */
import type { FactMark } from '../../corpus/inspect/fact-marks.ts';
import { printableLines } from '../../printable.ts';
import { escapeHtml } from '../html.ts';

/** Marks within marks beyond this are left out; a text made to that end nests thousands. */
const deepest = 12;

/** What a text holds is shown as it is, but for characters that turn or hide what stands beside them. */
export const shownText = (text: string): string => escapeHtml(printableLines(text));

/** Where a link leads: a place of the text. */
export const placeId = (offset: number): string => `c${offset}`;

interface Open {
  readonly mark: FactMark;
  readonly tag: 'a' | 'mark';
  readonly head: string;
}

/** Gives the blocks of a text in order, each with the marks in it. */
export class MarkedText {
  private readonly text: string;
  private readonly marks: readonly FactMark[];
  private readonly places: readonly number[];
  private nextMark = 0;
  private nextPlace = 0;
  private open: Open[] = [];

  /**
   * @param marks In the order of their places.
   * @param places Offsets that links lead to, ascending.
   */
  constructor(text: string, marks: readonly FactMark[], places: readonly number[]) {
    this.text = text;
    this.marks = marks;
    this.places = places;
  }

  /** The block from `start` to `end`; blocks must ascend. */
  block(start: number, end: number): string {
    this.open = this.open.filter(({ mark }) => mark.span.end > start);
    let out = this.open.map(({ head }) => head).join('');
    for (let at = start; ; ) {
      out += this.anchors(at) + this.close(at);
      if (at >= end) break;
      out += this.begin(at);
      const next = Math.min(end, this.nextStop(at));
      out += shownText(this.text.slice(at, next));
      at = next;
    }
    return (
      out +
      this.open
        .map(({ tag }) => `</${tag}>`)
        .reverse()
        .join('')
    );
  }

  private nextStop(at: number): number {
    const stops = [
      this.marks[this.nextMark]?.span.start,
      this.places[this.nextPlace],
      ...this.open.map(({ mark }) => mark.span.end),
    ];
    return Math.min(...stops.map((stop) => (stop === undefined || stop <= at ? Number.POSITIVE_INFINITY : stop)));
  }

  private anchors(at: number): string {
    let out = '';
    for (
      let place = this.places[this.nextPlace];
      place !== undefined && place <= at;
      place = this.places[++this.nextPlace]
    )
      out += `<span id="${placeId(place)}"></span>`;
    return out;
  }

  /** Ends the marks that end here. Those that were opened later and go on are opened anew. */
  private close(at: number): string {
    const first = this.open.findIndex(({ mark }) => mark.span.end <= at);
    if (first < 0) return '';
    const above = this.open.splice(first);
    const rest = above.filter(({ mark }) => mark.span.end > at);
    this.open.push(...rest);
    return (
      above
        .map(({ tag }) => `</${tag}>`)
        .reverse()
        .join('') + rest.map(({ head }) => head).join('')
    );
  }

  private begin(at: number): string {
    let out = '';
    for (
      let mark = this.marks[this.nextMark];
      mark !== undefined && mark.span.start <= at;
      mark = this.marks[++this.nextMark]
    ) {
      if (this.open.length >= deepest || mark.span.end <= at) continue;
      const opened = this.opened(mark);
      this.open.push(opened);
      out += opened.head;
    }
    return out;
  }

  private opened(mark: FactMark): Open {
    const around = this.open.map(({ mark: outer }) => outer.note).reverse();
    const title = shownText([mark.note, ...around].join('\n'));
    const link = mark.to !== undefined && this.open.every(({ tag }) => tag !== 'a');
    const tag = link ? 'a' : 'mark';
    const target = link ? ` href="#${placeId(mark.to ?? 0)}"` : '';
    return { mark, tag, head: `<${tag}${target} class="m ${mark.kind}" title="${title}">` };
  }
}
