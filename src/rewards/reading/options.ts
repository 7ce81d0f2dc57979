/**
 * @file The options of a multiple-choice question: as the sample states them, else as the lines of its question.
 */
import { plain } from './text/plain.ts';

/** Letter to the option's text; letters read from a question are capitals. */
export type Options = Readonly<Record<string, string>>;

const optionLine =
  /^[ \t]{0,8}(?:[-*][ \t]{1,3})?(?:option |选项 ?)?[(（[【]?([A-Z])(?:[)）\]】][.:：、]?|[.:：、．])[ \t]{0,4}(\S[^\n]{0,2000})$/gm;
const optionInline =
  /(?:^|[\s(（])[(（]?([A-H])(?:[)）]|[.:：、．])[ \t]?([^\n]{1,300}?)(?=(?:[\s;；,，][(（]?[A-H](?:[)）]|[.:：、．]))|\n|$)/g;

/** The letters in order from A on, each with its text; empty where the question has none. */
function runOfLetters(text: string, pattern: RegExp): Options {
  const found: Record<string, string> = {};
  let next = 65;
  for (const match of text.matchAll(pattern)) {
    const letter = match[1] ?? '';
    if (letter === 'A') next = 65;
    if (letter.charCodeAt(0) !== next) continue;
    found[letter] = (match[2] ?? '').trim();
    next++;
  }
  return Object.keys(found).length > 1 ? found : {};
}

const recent = new Map<string, Options>();

/** Options that the sample states go before the question's; empty where neither has any. */
export function optionsOf(question: string | undefined, stated: Options | readonly string[] | undefined): Options {
  if (stated !== undefined)
    return Array.isArray(stated)
      ? Object.fromEntries(
          (stated as readonly string[]).map((text, i) => [
            String.fromCharCode(65 + i),
            text.replace(/^[(（]?[A-Z][)）.:：、]\s*/, ''),
          ]),
        )
      : (stated as Options);
  if (question === undefined || question === '') return {};
  const known = recent.get(question);
  if (known !== undefined) return known;
  const text = plain(question.slice(-20_000));
  const lines = runOfLetters(text, optionLine);
  const found = Object.keys(lines).length > 1 ? lines : runOfLetters(text, optionInline);
  if (recent.size >= 256) recent.clear();
  recent.set(question, found);
  return found;
}
