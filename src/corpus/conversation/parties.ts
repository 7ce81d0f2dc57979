/** @file Who `Q` and `A` stand for, where the text leaves one reading: who examines in a record, who asks and is addressed in an interview. */
import { honorific, isParty } from './speakers.ts';
import type { Turn } from './turn.ts';

const asks = /^[Q问問]$/;
const witness = /^(?:(?:THE |The )?(?:WITNESS|Witness|DEPONENT|Deponent))$/;
const counsel = new RegExp(`^${honorific}\\.? \\p{Lu}`, 'u');
/** Before an interview stands who asks and who answers. */
const looked = 5000;
/** A person's full name; the pattern has no group that is numbered. */
export const fullName =
  "(?:\\p{Lu}[\\p{L}'’.-]+(?: (?:de |van |von |der )?\\p{Lu}[\\p{L}'’-]+){1,3}|\\p{Script=Han}{2,4})";
const asked = new RegExp(
  `^[ \\t*_]*(?:(?:Interview|Interviewer|Questions)(?: by)?: ?|Interview(?:ed)? by:? |(?:采访人?|访问|提问)[：:] ?)(${fullName})[ \\t*_.]*$`,
  'gmu',
);
const addressed = /(?:^|[,，] )(?:Mr|Mrs|Ms|Miss|Dr|Professor|Prof|Sir|Captain)\.? (\p{Lu}[\p{L}'’-]+)(?=,|[?.!]?$)/gu;

const only = (names: Iterable<string>): string | undefined => {
  const [name, ...others] = new Set(names);
  return others.length === 0 ? name : undefined;
};

/** The one counsel whose question the witness answers by name; who objects is answered too. */
const examinerOf = (text: string, turns: readonly Turn[]): string | undefined =>
  only(
    turns.flatMap(({ speaker, span }, i) => {
      const next = turns[i + 1]?.speaker ?? '';
      const isAnswered = counsel.test(speaker) && (next === 'A' || witness.test(next));
      return isAnswered && text[span.end - 1] === '?' ? [speaker] : [];
    }),
  );

/** `以下「問」為本刊，「答」為林子晴`; `Q is Ann Lee, A is Ben Hale`. */
const explained =
  /[「“"‘']?(?<![\p{L}])([QA问答問])[」”"’']?(?:为|為|是|指|代表|：|=| = | is | stands for )(?:the )?(\p{Script=Han}[\p{Script=Han}·]{1,7}?|\p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]+){1,3})(?=[，。；、,.;)）\n])/gu;

/** Whom the signs stand for by the introduction's own words. */
function explainedIn(before: string): ReadonlyMap<string, string> {
  const found = Array.from(before.matchAll(explained), ([, sign = '', name = '']) => [sign, name] as const);
  return new Map(found.length > 1 ? found : []);
}

/** The one person of the introduction whom the questions address: `Ms Lisle, when …?`. */
function addressedIn(text: string, before: string, questions: readonly Turn[]): string | undefined {
  const family = only(
    questions.flatMap(({ bodyStart, span }) =>
      Array.from(text.slice(bodyStart, span.end).matchAll(addressed), ([, name = '']) => name),
    ),
  );
  if (family === undefined) return undefined;
  return only(
    Array.from(before.matchAll(new RegExp(fullName, 'gu')), ([name]) => name).filter((name) =>
      name.endsWith(` ${family}`),
    ),
  );
}

/** The turns with the persons of their questions and answers; those whom the text leaves open stay without. */
export function withParties(text: string, turns: readonly Turn[]): Turn[] {
  const questions = turns.filter(({ speaker }) => asks.test(speaker));
  if (questions.length === 0) return [...turns];
  const before = text.slice(0, Math.min(looked, turns[0]?.span.start ?? 0));
  const signs = explainedIn(before);
  const isPlain = turns.every(({ speaker }) => isParty(speaker));
  const asker = isPlain ? only(Array.from(before.matchAll(asked), ([, name = '']) => name)) : examinerOf(text, turns);
  const answerer = isPlain
    ? addressedIn(text, before, questions)
    : only(turns.map(({ speaker }) => speaker).filter((speaker) => witness.test(speaker)));
  return turns.map((turn) => {
    if (turn.person !== undefined || !isParty(turn.speaker)) return turn;
    const person = signs.get(turn.speaker) ?? (asks.test(turn.speaker) ? asker : answerer);
    return person === undefined ? turn : { ...turn, person };
  });
}
