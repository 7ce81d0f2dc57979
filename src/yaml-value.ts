/** @file YAML as plain values: whatever the parser refuses (syntax, aliases that multiply, nesting without end) is an error of the file. */
import { parseDocument } from 'yaml';
import { GolongrlError, InputError } from './errors.ts';

/** Values within values; the parser goes down them by recursion, and Node does not survive it if they are deep enough. */
const deepest = 200;

/** @throws InputError for a text with more brackets open, dashes in a row or steps of indentation than any configuration has. */
function checkDepth(text: string, place: string): void {
  let open = 0;
  for (const [line] of text.matchAll(/[^\n]+/g)) {
    const lead = /^[\s?:-]*/.exec(line)?.[0] ?? '';
    for (const character of line) {
      if (character === '[' || character === '{') open++;
      else if ((character === ']' || character === '}') && open > 0) open--;
      if (open > deepest) break;
    }
    if (open > deepest || lead.length > 4 * deepest)
      throw new InputError('yaml-invalid', `${place}: not readable as YAML: it is nested too deeply`);
  }
}

/** Runs the parser over a text. @throws InputError (`yaml-invalid`) in place of its errors */
export function guardYaml<T>(text: string, place: string, read: () => T): T {
  checkDepth(text, place);
  try {
    return read();
  } catch (error) {
    if (error instanceof GolongrlError || !(error instanceof Error)) throw error;
    const why = error.message.split('\n')[0] ?? '';
    throw new InputError('yaml-invalid', `${place}: not readable as YAML: ${why}`, undefined, { cause: error });
  }
}

/** @throws InputError (`yaml-invalid`) */
export const yamlValue = (text: string, place: string): unknown =>
  guardYaml(text, place, () => {
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    return document.toJS();
  });
