/**
 * @file Drawn lines of a page, from pdf.js's list of drawing operations: straight strokes, thin filled boxes, and the sides of stroked or
 * filled boxes. Curves and slanted lines frame no table.
 */
import type { Rule } from './shapes.ts';

/** Numbers of pdf.js's `OPS`, which are part of its interface. */
const operation = {
  save: 10,
  restore: 11,
  transform: 12,
  formBegin: 74,
  formEnd: 75,
  constructPath: 91,
  fill: 22,
  evenOddFill: 23,
  endPath: 28,
};
/** Operations within a path and how many numbers follow each. */
const drawing = { move: 0, line: 1, curve: 2, quadratic: 3, close: 4 };

type Matrix = readonly [number, number, number, number, number, number];

const times = (m: Matrix, n: readonly number[]): Matrix => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = n;
  return [
    m[0] * a + m[2] * b,
    m[1] * a + m[3] * b,
    m[0] * c + m[2] * d,
    m[1] * c + m[3] * d,
    m[0] * e + m[2] * f + m[4],
    m[1] * e + m[3] * f + m[5],
  ];
};

/** Thinner ones are lines. */
const thin = 2.5;
/** Shorter ones are strokes of letters and marks. */
const shortest = 6;
/** A page of more lines than this is a drawing. */
const mostRules = 4000;

/** The line between two points where it is level or upright. */
function straight(x0: number, y0: number, x1: number, y1: number): Rule[] {
  const rule = { x0: Math.min(x0, x1), x1: Math.max(x0, x1), y0: Math.min(y0, y1), y1: Math.max(y0, y1) };
  const [width, height] = [rule.x1 - rule.x0, rule.y1 - rule.y0];
  if (height <= 0.5 && width >= shortest) return [{ ...rule, y1: rule.y0 }];
  return width <= 0.5 && height >= shortest ? [{ ...rule, x1: rule.x0 }] : [];
}

/** A thin box counts as its middle line. */
function thinBox(x0: number, y0: number, x1: number, y1: number): Rule[] {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (y1 - y0 <= thin && x1 - x0 >= shortest) return [{ x0, x1, y0: y, y1: y }];
  return x1 - x0 <= thin && y1 - y0 >= shortest ? [{ x0: x, x1: x, y0, y1 }] : [];
}

type Point = readonly [x: number, y: number];

/** The corners of each part of a path; a part with a curve has none. */
function partsOf(data: ArrayLike<number>, place: (x: number, y: number) => Point): Point[][] {
  const parts: Point[][] = [];
  let part: Point[] = [];
  for (let i = 0; i < data.length; ) {
    const kind = data[i];
    if (kind === drawing.move) {
      part = [];
      parts.push(part);
    }
    if (kind === drawing.close && part[0] !== undefined) part.push(part[0]);
    if (kind === drawing.move || kind === drawing.line) part.push(place(data[i + 1] ?? 0, data[i + 2] ?? 0));
    if (kind === drawing.curve || kind === drawing.quadratic) part = [];
    i += 1 + (kind === drawing.curve ? 6 : kind === drawing.quadratic ? 4 : kind === drawing.close ? 0 : 2);
  }
  return parts;
}

/** Lines of one part: of a filled one only its box, where that is thin. */
function partRules(part: readonly Point[], filled: boolean): Rule[] {
  const [xs, ys] = [part.map(([x]) => x), part.map(([, y]) => y)];
  const box =
    part.length < 2 || part.length > 6
      ? []
      : thinBox(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  if (box.length > 0 || filled) return box;
  return part.flatMap(([x, y], i) => (i === 0 ? [] : straight(...(part[i - 1] ?? [x, y]), x, y)));
}

/** All lines of a page, in the order they are drawn. */
export function rulesOf(list: { fnArray: number[]; argsArray: unknown[] }, viewport: readonly number[]): Rule[] {
  let matrix = times([1, 0, 0, 1, 0, 0], viewport);
  const saved: Matrix[] = [];
  const rules: Rule[] = [];
  for (let i = 0; i < list.fnArray.length && rules.length < mostRules; i++) {
    const args = list.argsArray[i] as readonly unknown[] | null;
    const kind = list.fnArray[i];
    if (kind === operation.save || kind === operation.formBegin) saved.push(matrix);
    if (kind === operation.restore || kind === operation.formEnd) matrix = saved.pop() ?? matrix;
    if (kind === operation.transform) matrix = times(matrix, args as readonly number[]);
    if (kind === operation.formBegin && Array.isArray(args?.[0])) matrix = times(matrix, args[0]);
    if (kind !== operation.constructPath) continue;
    const m = matrix;
    const place = (x: number, y: number): Point => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
    const [paint, [data] = [null]] = args as [number, [ArrayLike<number> | null]];
    // A path that only cuts off what is drawn later is not seen.
    if (data === null || data === undefined || paint === operation.endPath) continue;
    const filled = paint === operation.fill || paint === operation.evenOddFill;
    for (const part of partsOf(data, place)) rules.push(...partRules(part, filled));
  }
  return rules;
}
