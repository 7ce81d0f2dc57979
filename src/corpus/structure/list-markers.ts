/** @file The marks that items of lists begin with: `- `, `1. `, `(a) `, `iv) `, `Step 3: `, `第一步：`, `（一）`, `①`. */
import { ordinalOf } from './ordinal.ts';

/** A mark at the start of a line. */
export interface ListMark {
  /** As it stands: `1.`, `(a)`, `Step 3:`. */
  readonly marker: string;
  /** Items of one list have marks of one style. */
  readonly style: string;
  /** The place that it says, from 1; undefined for `- ` and the like. */
  readonly value?: number;
  /** Blanks before it. */
  readonly indent: number;
  /** Characters of the line before the item's words. */
  readonly length: number;
}

const bullet = /^([-*•·●■□◦‣▪–]|\*\*)[ \t]+(?=\S)/;
/** A rule of stars, and a line of a list of contents with its page or its place. */
const noItem = /^[-*•·\s]+$|(?:\.{4,}|(?:\. ){3,}|…{2,}|·{4,})\s*\d*$|^[-*\d.]+\s+\[[^\]]*\]\(#[^)]*\)$/;
const number = /^(?:(\d{1,3})([.)])[ \t]+|(\d{1,3})(、|．)\s*|([(（])(\d{1,3})[)）]\s*)(?=\S)/;
const letter = /^(?:([a-z])([.)])|\(([a-z])\))[ \t]+(?=\S)|^([a-z])）\s*(?=\S)/;
const roman = /^(?:([ivx]{1,5})([.)])|\(([ivx]{1,5})\))[ \t]+(?=\S)/;
const capital = /^(?:([A-Z])(\))|\(([A-Z])\))[ \t]+(?=\S)/;
const step =
  /^(?:\*\*)?(?:(?:Step|STEP) (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)(?:[:.)]| ?[–—-])|步骤 ?(\d{1,2}|[一二三四五六七八九十]{1,2})[：:、.]|第([一二三四五六七八九十]{1,3}|\d{1,2})步[，,：:、])(?:\*\*)?\s*(?=\S)/;
const chinese = /^(?:([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十]{1,3})）)\s*(?=\S)/;
const circled = '①②③④⑤⑥⑦⑧⑨⑩';

interface Read {
  readonly length: number;
  readonly style: string;
  readonly value?: number;
}

function readMark(line: string, expects: (style: string, value: number) => boolean): Read | undefined {
  const code = line.charCodeAt(0);
  const first = line[0] ?? '';
  if (circled.includes(first)) return { length: 1, style: '①', value: circled.indexOf(first) + 1 };
  if (code < 0x30 || code === 0x2022 || (code >= 0x2013 && code <= 0x30ff && code !== 0x3007) || code === 0xb7) {
    const found = bullet.exec(line);
    if (found !== null) return { length: found[0].length, style: found[1] ?? '-' };
  }
  const digits = number.exec(line);
  if (digits !== null) {
    const style = `1${digits[2] ?? digits[4] ?? digits[5] ?? ''}`;
    return { length: digits[0].length, style, value: Number(digits[1] ?? digits[3] ?? digits[6]) };
  }
  const steps = code === 0x53 || code === 0x2a || code > 0x4e00 ? step.exec(line) : null;
  if (steps !== null)
    return { length: steps[0].length, style: 'step', value: ordinalOf(steps[1] ?? steps[2] ?? steps[3] ?? '') };
  if (code > 0x4e00) {
    const han = chinese.exec(line);
    return han === null
      ? undefined
      : {
          length: han[0].length,
          style: han[1] === undefined ? '（一）' : '一、',
          value: ordinalOf(han[1] ?? han[2] ?? ''),
        };
  }
  return readLetter(line, expects);
}

/** `i)` is the first of a list in Roman numerals, unless it follows `h)`. */
function readLetter(line: string, expects: (style: string, value: number) => boolean): Read | undefined {
  const [small, large, numeral] = [letter.exec(line), capital.exec(line), roman.exec(line)];
  const read = (found: RegExpExecArray, kind: string, value: number): Read => ({
    length: found[0].length,
    style: `${kind}${found[2] ?? '('}`,
    value,
  });
  if (large !== null) return read(large, 'A', (large[1] ?? large[3] ?? '').charCodeAt(0) - 64);
  const asLetter =
    small === null ? undefined : read(small, 'a', (small[1] ?? small[3] ?? small[4] ?? '').charCodeAt(0) - 96);
  if (asLetter !== undefined && expects(asLetter.style, asLetter.value ?? 0)) return asLetter;
  if (numeral !== null) return read(numeral, 'i', ordinalOf(numeral[1] ?? numeral[3] ?? ''));
  return asLetter;
}

const longestContents = 300;
/** Longer lines are looked at in their beginning only. */
const looked = 60;

/**
 * The mark of a line.
 *
 * @param expects Whether a list of a style is open that goes on with a value.
 */
export function listMark(line: string, expects: (style: string, value: number) => boolean): ListMark | undefined {
  const head = line.length > looked ? line.slice(0, looked) : line;
  const indent = head.length - head.trimStart().length;
  const code = head.charCodeAt(indent);
  // Most lines begin with a letter that no mark begins with.
  if (((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) && code !== 0x53) {
    const next = head.charCodeAt(indent + 1);
    if (next !== 0x29 && next !== 0x2e && next !== 0xff09 && !/^[ivx]{1,5}[.)]/.test(head.slice(indent, indent + 6)))
      return undefined;
  }
  const read = readMark(head.slice(indent), expects);
  if (read === undefined || (line.length < longestContents && noItem.test(line.trim()))) return undefined;
  const { length, style, value } = read;
  const marker = head.slice(indent, indent + length).trim();
  return { marker, style, indent, length: indent + length, ...(value === undefined ? {} : { value }) };
}
