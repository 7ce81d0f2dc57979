/** @file Makes the table anew from the lines of the text. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { isOne, shownSpeeches, speakersIn, within } from '../../solving/talk.ts';

const day = /^\d/;

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const { title = '', rows = '', columns = '' } = slots;
  const document = documentCalled(documents, title);
  if (document === undefined) return undefined;
  const speeches = shownSpeeches(document);
  const heads = [...columns.matchAll(/[“"]([^”"]+)[”"]/g)].map(([, head = '']) => head);
  const apart = /[;；]/.test(rows) ? /; and |; |；/ : /, | and /;
  const data = rows.split(apart).map((name) => {
    const isPart = speeches.some(({ part }) => part.toUpperCase() === name.toUpperCase());
    const own = within(speeches, { kind: isPart ? 'part' : day.test(name) ? 'day' : 'scene', name });
    const times = (who: string): number => own.filter(({ speaker }) => speaker === who).length;
    const [top] = speakersIn(own)
      .filter(isOne)
      .sort((a, b) => times(b) - times(a));
    return [name, own[0]?.speaker ?? '', own.at(-1)?.speaker ?? '', top ?? '', String(own.length)];
  });
  return data.some((row) => row.includes('')) ? undefined : [JSON.stringify({ columns: heads, data })];
}
