/**
 * @file Gate g1 for readings: reads a rendered prompt back, by its markers alone. Nothing here sees the reading.
 */

/** A unit as the prompt shows it. */
export interface ShownUnit {
  readonly id: string;
  readonly title: string;
  readonly speaker: string;
  readonly text: string;
}

/** The units before the question, and the title that each stands under. */
export function readPrompt(context: string): ShownUnit[] {
  const letter = /(?:^|\n\n)\[([PT])1\] /.exec(context)?.[1] ?? 'P';
  const units: ShownUnit[] = [];
  const padded = `\n\n${context}`;
  let at = padded.indexOf(`\n\n[${letter}1] `);
  let title = /\n\n# ([^\n]+)$/.exec(padded.slice(0, Math.max(0, at)))?.[1] ?? '';
  for (let number = 1; at >= 0; number++) {
    const start = at + `\n\n[${letter}${number}] `.length;
    at = padded.indexOf(`\n\n[${letter}${number + 1}] `, start);
    const block = padded.slice(start, at < 0 ? undefined : at);
    const heading = block.lastIndexOf('\n\n# ');
    const own = heading >= 0 && !block.includes('\n', heading + 3) ? block.slice(0, heading) : block;
    const said = letter === 'T' ? /^([^:：\n]{1,60})(?:: |：)/.exec(own) : null;
    units.push({ id: `${letter}${number}`, title, speaker: said?.[1] ?? '', text: own.slice(said?.[0].length ?? 0) });
    if (own !== block) title = block.slice(heading + 4);
  }
  return units;
}

const wordCharacter = /[\p{L}\p{N}]/u;

/** How often a term stands in a text: by search, where the generators match patterns. Whole words unless it is Chinese. */
export function tally(text: string, term: string): number {
  const whole = !/\p{Script=Han}/u.test(term);
  let count = 0;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + term.length);
    if (!whole || (!wordCharacter.test(before) && !wordCharacter.test(after))) count++;
  }
  return count;
}
