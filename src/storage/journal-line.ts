/**
 * @file A line of a journal: JSON as it is, or in an envelope that bears a key and a checksum,
 * `{"key":"…","check":"…","value":…}`. The value stands last, so that its text can be had without parsing a prompt of a megabyte.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { damaged, type FileKind, parseJson } from './parse-json.ts';

/** How a line bears its key and its checksum. */
export interface Envelope {
  /** Names of the two fields around the checksum. */
  readonly key: string;
  readonly value: string;
  /**
   * Chained: over the line and the checksum before it, so that no line can be changed, left out or exchanged unnoticed. Single: over key and
   * value, so that a person may delete a line; lines that an older version wrote have none, and are read.
   */
  readonly check: 'chained' | 'single';
}

/** Schema of a line and form of the file, beside name, code and hint of its errors. */
export interface JournalKind<T> extends FileKind {
  readonly line: z.ZodType<T>;
  readonly envelope?: Envelope;
  /** Written at once and put in place by renaming: a last line that is cut is damage then, not the trace of a kill. */
  readonly whole?: boolean;
  /** Has a line at least: a file without one is damaged. */
  readonly filled?: boolean;
}

/** Schema of a line of which the given fields are checked, and the others are as this package wrote them. */
export const trusted = <Row>(shape: z.core.$ZodLooseShape): z.ZodType<Row> =>
  z.looseObject(shape) as unknown as z.ZodType<Row>;

/** Key and check are empty in journals without envelopes. */
export interface JournalLine<T> {
  readonly key: string;
  readonly check: string;
  /** @throws InputError when it is damaged. */
  readonly value: () => T;
}

const checkOf = (before: string, text: string): string =>
  createHash('sha256').update(`${before} ${text}`, 'utf8').digest('hex').slice(0, 16);

const pattern = /^\{"(\w+)":(\d+|"[^"]+"),(?:"check":"([0-9a-f]{16})",)?"(\w+)":(.*)\}$/s;

/** @param before Checksum of the line before. @throws InputError when the line is not as it was written. */
export function readLine<T>(text: string, place: string, kind: JournalKind<T>, before = ''): JournalLine<T> {
  const { envelope } = kind;
  if (envelope === undefined) {
    const value = parseJson(text, place, kind.line, kind);
    return { key: '', check: '', value: () => value };
  }
  const [, name, key = '', check = '', valueName, body = ''] = pattern.exec(text) ?? [];
  if (name !== envelope.key || valueName !== envelope.value || (check === '' && envelope.check === 'chained'))
    throw damaged(place, kind, `expected {"${envelope.key}": ..., "check": ..., "${envelope.value}": ...}`);
  if (check !== '' && check !== checkOf(envelope.check === 'chained' ? before : key, body))
    throw damaged(place, kind, `${envelope.key} ${key} is not as it was written (checksum)`);
  return { key: key.replaceAll('"', ''), check, value: () => parseJson(body, place, kind.line, kind) };
}

/** The text of a line, and its checksum. */
export function writeLine(
  value: unknown,
  envelope: Envelope | undefined,
  key: string | number,
  before: string,
): { readonly text: string; readonly check: string } {
  const body = JSON.stringify(value);
  if (envelope === undefined) return { text: body, check: '' };
  const name = JSON.stringify(key);
  const check = checkOf(envelope.check === 'chained' ? before : name, body);
  return { text: `{"${envelope.key}":${name},"check":"${check}","${envelope.value}":${body}}`, check };
}

/**
 * Whether a text without a line end can be the beginning of a line, so that a kill may have cut it there. A power cut may leave zeros
 * behind it. Anything else was put there by somebody.
 */
export function isBeginning(text: string, envelope: Envelope | undefined): boolean {
  const written = text.replace(/\0+$/, '');
  const first = envelope === undefined ? '{"' : `{"${envelope.key}":`;
  return written.slice(0, first.length) === first.slice(0, written.length);
}
