/** @file Counts the messages of every day anew and reads the clock on the fullest one. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { documentCalled, shownSpeeches } from '../../solving/talk.ts';
import { readWhere } from '../../views/where.ts';

export function solve({ documents, slots: { where = '', speaker } }: ShownPrompt): string[] | undefined {
  const document = documentCalled(documents, readWhere(where)?.title ?? '');
  if (document === undefined) return undefined;
  const clocks = new Map<string, number[]>();
  for (const speech of shownSpeeches(document)) {
    const [hours = 0, minutes = 0] = speech.time.split(':').map(Number);
    if (speech.speaker === speaker) clocks.set(speech.day, [...(clocks.get(speech.day) ?? []), 60 * hours + minutes]);
  }
  const [most, next] = [...clocks.values()].sort((a, b) => b.length - a.length);
  if (most === undefined || most.length === next?.length) return undefined;
  return [String((most.at(-1) ?? 0) - (most[0] ?? 0))];
}
