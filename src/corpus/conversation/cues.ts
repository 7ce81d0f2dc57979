/** @file The lines of SRT and WebVTT subtitles that hold times, and their texts without tags. */

/** `00:00:01,000 --> 00:00:04,000`, `01:02.000 --> 01:04.000 align:start`. */
const cue = /^((?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3}/;

/** The time at which a cue begins, where the line is the time of one. */
export const cueLine = (words: string): string | undefined =>
  words.includes('-->') ? cue.exec(words)?.[1] : undefined;

/** Cues of SRT are counted. */
export const isCueNumber = (words: string): boolean => /^\d{1,6}$/.test(words);
