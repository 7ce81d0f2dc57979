/** @file Names that are said in a conversation: of one person, place or body each, with the speeches that say them. */
import type { QuestionLanguage } from '../../language.ts';
import type { ContextDocument } from '../../question.ts';
import { isWholeZh } from './remarks.ts';
import type { Speech } from './speeches.ts';

/** A name with the speeches that say it. */
export interface SaidName {
  readonly name: string;
  readonly speeches: readonly Speech[];
}

const kinds = new Set(['person', 'place', 'organisation']);
/** Who says the name of the place where a play is set is of no interest. */
const inPlays = new Set(['person', 'organisation']);
const fits: Readonly<Record<QuestionLanguage, RegExp>> = {
  en: /^\p{Lu}\p{Ll}{3,14}(?: \p{Lu}\p{Ll}{2,14})?$/u,
  zh: /^\p{Script=Han}{2,6}$/u,
};
/** A verb before a name was taken for a part of it: 走检修路. */
const verbFirst = /^[走去来到在把被让给往跟看说问找修进出回有没不会能是爬沿绕]/u;
/** Titles and months, whoever and whenever it is. */
const noName =
  /^(?:Lord|Lady|King|Queen|Duke|Prince|Count|Captain|Master|Mistress|Madam|Doctor|Judge|Chair|Mister|Heaven|Heavens|Nature|Fools?|Knave|Villain|Sir|Rogue|Gentlemen?|Ladies|Fortune|Love|Time|Death|Christian|English|French|German|Roman|Greek|Latin|January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/;

/** A name as it is said, with the ending of a possessive; in Chinese as it stands. */
const sayingOf = (name: string): RegExp =>
  /\p{Script=Han}/u.test(name)
    ? new RegExp(name, 'u')
    : new RegExp(`(?<![\\p{L}\\p{N}])${name.replaceAll(' ', '\\s+')}(?:['’]s?)?(?![\\p{L}\\p{N}])`, 'iu');

/** Whether the name may be the first of several: `Thomas` of Thomas Lovell and Thomas Bullen. */
const leadsOther = (name: string, text: string): boolean =>
  new RegExp(`(?<![\\p{L}])${name} \\p{Lu}\\p{Ll}`, 'u').test(text);

/** A name within a tag, a path or an address: who would say that it is written there? */
const inTag = (name: string): RegExp => new RegExp(`[@#/._-]${name}|${name}[@/._-]\\w`, 'i');

/** The first names of those who write in a chat, by which the others call them: each of one of them. */
function firstNames(speeches: readonly Speech[]): string[] {
  const labels = [...new Set(speeches.filter(({ time }) => time !== undefined).map(({ speaker }) => speaker))];
  const words = labels.flatMap((label) => label.split(' '));
  return labels
    .map((label) => label.split(' ')[0] ?? '')
    .filter(
      (name) =>
        /^\p{Lu}\p{Ll}{2,14}$/u.test(name) &&
        !speeches.some(({ words }) => inTag(name).test(words)) &&
        words.filter((word) => word.toLowerCase() === name.toLowerCase()).length === 1,
    );
}

/** The names of persons, places and bodies that are said, each of one bearer. */
export function namesSaid(
  { document, facts, span }: ContextDocument,
  speeches: readonly Speech[],
  language: QuestionLanguage,
): SaidName[] {
  const own = facts.names.filter(
    ({ kind, name }) =>
      (facts.form === 'play' ? inPlays : kinds).has(kind) && fits[language].test(name) && !noName.test(name),
  );
  const names = [...new Set([...own.map(({ name }) => name), ...(language === 'en' ? firstNames(speeches) : [])])];
  const text = document.text.slice(span.start, span.end);
  const labels = new Set(speeches.map(({ speaker }) => speaker));
  // Before each message of a chat stands the full name.
  const isNamed = speeches.some(({ time }) => time !== undefined);
  const said = isNamed ? speeches.map(({ words }) => words).join('\n') : text;
  const all = language === 'zh' ? speeches.map(({ words }) => words).join('\n') : '';
  return names
    .filter((name) => !names.some((other) => other !== name && sayingOf(name).test(other) && !labels.has(other)))
    .filter((name) => (language === 'zh' ? !verbFirst.test(name) && isWholeZh(name, all) : !leadsOther(name, said)))
    .map((name) => ({ name, speeches: speeches.filter(({ words }) => sayingOf(name).test(words)) }));
}
