/**
 * @file Option parsers shared by commands: each either returns a value or throws a UsageError that names the flag.
 */
import { UsageError, unknownValue } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import type { IfExists } from '../../runs/run-directory.ts';

/** For a person, for a program (one JSON value on stdout), for a script (a path or nothing). */
export const formats = ['human', 'json', 'quiet'] as const;
/** What `--format` takes. */
export type Format = (typeof formats)[number];

/** A parser for a value out of a fixed set. */
export const choice =
  <T extends string>(flag: string, allowed: readonly T[]) =>
  (text: string): T => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw unknownValue(flag, text, allowed);
    return found;
  };

/** A parser for a list, apart by commas, of values out of a few, each once. */
export const listOf =
  <T extends string>(flag: string, allowed: readonly T[]) =>
  (text: string): T[] => [...new Set(text.split(',').map((part) => choice(flag, allowed)(part.trim())))];

/** Names between commas. */
export const nameList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A parser for a JSON object. */
export const jsonFields =
  (flag: string) =>
  (text: string): Readonly<Record<string, unknown>> => {
    const wrong = (cause?: unknown): UsageError =>
      new UsageError('not-json', `${flag}: got "${text}", expected a JSON object, e.g. {"top_k": 20}.`, undefined, {
        cause,
      });
    let found: unknown;
    try {
      found = JSON.parse(text);
    } catch (error) {
      throw wrong(error);
    }
    if (isRecord(found)) return found;
    throw wrong();
  };

/** A parser for a whole number of at least `least`. */
export const wholeNumber =
  (flag: string, least = 0) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least || text.trim() === '') {
      throw new UsageError('not-a-number', `${flag}: got "${text}", expected a whole number of at least ${least}.`);
    }
    return value;
  };

/** A parser for a number from `least` to `most`. */
export const decimal =
  (flag: string, least = 0, most = Number.POSITIVE_INFINITY) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= least && value <= most) return value;
    const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError('not-a-number', `${flag}: got "${text}", expected a number ${range}.`);
  };

/** `resume` is a path where the flag names one. */
export interface DirectoryFlags {
  readonly resume?: boolean | string;
  readonly overwrite?: boolean;
}

/** What a command that fills a directory takes beside its own flags. */
export interface OutputFlags extends DirectoryFlags {
  readonly dryRun?: boolean;
  readonly format: Format;
}

/** The rule for an existing run directory that the flags state; undefined when they state none. */
export function ifExistsRule({ resume, overwrite }: DirectoryFlags): IfExists | undefined {
  if (resume !== undefined && overwrite) {
    throw new UsageError('flags-conflict', '--resume and --overwrite contradict each other.', 'Give one of them.');
  }
  if (resume !== undefined) return 'resume';
  return overwrite ? 'overwrite' : undefined;
}
