/** @file What decides the bytes of a corpus, besides its inputs: kept in its journal and manifest, so that a resumed run is the same run. */
import { z } from 'zod';
import { formats } from '../corpus/readers/formats.ts';
import type { ReadOptions } from '../corpus/readers/read-file.ts';
import type { CorpusOptions } from '../corpus/stream-corpus.ts';
import { openTokenCounter } from '../engine/token-counter.ts';

/** Strict: the settings of another version are refused rather than guessed. */
export const corpusSettingsSchema = z.strictObject({
  version: z.string(),
  /** Files, folders and patterns as they were named. */
  targets: z.array(z.string()),
  where: z.string().optional(),
  licence: z.string().optional(),
  textField: z.string().optional(),
  encoding: z.string().optional(),
  stdinFormat: z.enum(formats).optional(),
  maxDocumentMb: z.int().optional(),
  nearDuplicates: z.boolean(),
  limit: z.int().optional(),
  /** Absolute path of the tokenizer that counts the tokens; the estimate without it. */
  tokenizer: z.string().optional(),
});
/** The same settings and inputs give the same bytes. */
export type CorpusSettings = z.infer<typeof corpusSettingsSchema>;

/** The part of the settings that the readers of documents need; MiB become bytes. */
export const readOptions = ({ maxDocumentMb, textField, encoding, stdinFormat }: CorpusSettings): ReadOptions => ({
  limits: maxDocumentMb === undefined ? {} : { maxDocumentBytes: maxDocumentMb * 2 ** 20 },
  ...(textField === undefined ? {} : { textField }),
  ...(encoding === undefined ? {} : { encoding }),
  ...(stdinFormat === undefined ? {} : { stdinFormat }),
});

/** @throws InputError when there is no tokenizer where one is named. */
export async function corpusOptions(settings: CorpusSettings): Promise<CorpusOptions> {
  const { where, licence, nearDuplicates, tokenizer } = settings;
  const { count } = await openTokenCounter(tokenizer);
  return {
    ...(where === undefined ? {} : { where }),
    ...(licence === undefined ? {} : { licence }),
    ...(nearDuplicates ? {} : { threshold: 2 }),
    ...(tokenizer === undefined ? {} : { countTokens: count }),
  };
}

/** The settings that differ, as `where: got "a", begun with "b"`. */
export function settingsDifferences(now: CorpusSettings, begun: CorpusSettings): string[] {
  const names = Object.keys(corpusSettingsSchema.shape) as (keyof CorpusSettings)[];
  const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return names
    .filter((name) => shown(now[name]) !== shown(begun[name]))
    .map((name) => `${name}: got ${shown(now[name])}, begun with ${shown(begun[name])}`);
}
