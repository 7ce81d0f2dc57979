/**
 * @file The nine kinds of questions that the generators of `src/construction/synthetic` ask of a dossier. The responses say more than the
 * generators' own rationales do, so that each step of them is a look-up: the line of a record as it stands, then what it says in
 * question, then how the answer begins.
 */
import type { Dossier, DossierRecord, Draft } from '../../src/construction/generator.ts';
import { recordLine, shownFact } from '../../src/construction/synthetic/dossier.ts';
import { generators } from '../../src/construction/synthetic/generators/registry.ts';
import type { Random } from '../../src/random.ts';
import { type TaskId, taskIds, tasks } from '../../src/tasks/task.ts';
import type { Ask } from './asks.ts';

/** Most records that a response may quote. */
const quotable = 6;

/** As in the question, so that the field has the tokens that it has there: they copy. */
const said = (record: DossierRecord, field: string): string => `So the ${field}: ${shownFact(record, field).value}`;

/** The answer begins as what stands here does: a place to copy it from. */
const begun = (text: string): string => `So:\n${text}`;

/** The records that a draft's own rationale names, in its order. */
function namedIn(dossier: Dossier, { rationale }: Draft): DossierRecord[] {
  const longestFirst = [...dossier.records].sort((a, b) => b.key.length - a.key.length);
  return rationale.split('\n').flatMap((line) => longestFirst.find(({ key }) => line.startsWith(`${key} `)) ?? []);
}

/** A record below its category: the group that is asked for leads to those that belong to it. */
const placed = ({ key, category }: DossierRecord): string => `${category.value}:\n${key}`;

/** A record with one field: where the line begins so and the field has been named, its value follows. */
const valued = (record: DossierRecord, field: string): string =>
  `${record.key} (${record.category.value}): ${field} ${shownFact(record, field).value}`;

/**
 * The size of a whole number as one letter: digits, and the power of two of the first. Numbers of which one is at least twice the other have
 * different letters, so that comparing numbers is comparing letters.
 */
function sizeLetter(value: string): string {
  const level = 4 * (value.length - 1) + Math.floor(Math.log2(Math.max(1, Number(value.charAt(0)))));
  return String.fromCharCode(level < 26 ? 65 + level : 97 + level - 26);
}

/** The letter of a record's size, and what is asked for: its name or the number itself. */
const lettered = (record: DossierRecord, field: string, wanted: 'key' | 'value'): string => {
  const { value } = shownFact(record, field);
  return `=${sizeLetter(value)} ${wanted === 'key' ? record.key : value}`;
};

/**
 * Records compared by a number: each with the digits and the first of them, `37305 (53)`, above a line that begins with the letter of that
 * size; then those that are picked, from the largest or smallest on as the question has it: the letter, then what stands behind it above.
 */
function compared(
  question: string,
  field: string,
  of: {
    readonly named: readonly DossierRecord[];
    readonly picked: readonly DossierRecord[];
    readonly wanted: 'key' | 'value';
  },
): string[] {
  const sized = (record: DossierRecord): string => {
    const { value } = shownFact(record, field);
    return `${valued(record, field)} (${value.length}${value.charAt(0)})\n${lettered(record, field, of.wanted)}`;
  };
  return [
    ...of.named.map(sized),
    `From the ${question.includes('largest') ? 'largest' : 'smallest'}:`,
    ...of.picked.map((one) => lettered(one, field, of.wanted)),
  ];
}

/** Those of a category, then the field of each. */
const grouped = (named: readonly DossierRecord[], field: string): string[] => [
  ...named.map(placed),
  ...named.map((one) => valued(one, field)),
];

/** What a careful reader writes before the answer: the evidence, one record a line, then how the answer begins. */
function rationaleOf(task: TaskId, dossier: Dossier, draft: Draft): string | undefined {
  const named = namedIn(dossier, draft);
  const [first] = named;
  const [gold = ''] = draft.gold;
  // One field's name may begin as another's does.
  const field = [...dossier.fields]
    .sort((a, b) => b.length - a.length)
    .find((one) => [' ', ',', ':'].some((end) => draft.question.includes(` ${one}${end}`)));
  if (first === undefined) return undefined;
  const line = recordLine(first);
  switch (task) {
    case 'T1':
      return field && `${line}\n${said(first, field)}`;
    case 'T2':
      return field && `${line}\n${said(first, field)} (${gold})`;
    case 'T3':
      return [...named.map(placed), begun(draft.gold.join('\n'))].join('\n');
    case 'T7':
    case 'T8':
      if (field === undefined) return undefined;
      if (dossier.named === undefined)
        return [...named.map((one) => valued(one, field)), begun(draft.gold.join('\n'))].join('\n');
      return [
        ...compared(draft.question, field, {
          named,
          picked: draft.gold.flatMap((key) => named.find((one) => one.key === key) ?? []),
          wanted: 'key',
        }),
        begun(draft.gold.join('\n')),
      ].join('\n');
    case 'T4':
      if (dossier.named !== undefined) {
        if (field === undefined) return undefined;
        const picked = named.filter((one) => shownFact(one, field).value === gold);
        const lines = compared(draft.question, field, { named, picked, wanted: 'value' });
        return picked.length === 1 ? [...lines, `So the ${field}: ${gold}`].join('\n') : undefined;
      }
      if (draft.question.startsWith('How many'))
        return [...named.map((one, i) => `${placed(one)} (${i + 1})`), begun(gold)].join('\n');
      return field && [...grouped(named, field), `So the ${field}: ${gold}`].join('\n');
    case 'T5':
      return (
        field &&
        [
          ...(dossier.named === undefined ? grouped(named, field) : named.map((one) => valued(one, field))),
          begun('{'),
        ].join('\n')
      );
    case 'T6':
      return [...named.map(({ key, category }) => `${key} (${category.value})`), begun(first.key)].join('\n');
    case 'T9':
      return [line, begun(first.key)].join('\n');
  }
}

/** As rewards read a name: without its article. */
const folded = (name: string): string => name.toLowerCase().replace(/^(?:the|a|an) /, '');

/** Records that a question of T4, T5, T7 and T8 names, as in the reader's quickstart. */
const namedAtMost = 3;

/** Tasks that can also be asked over all records or a category; rankings of all are beyond a policy of this size. */
const overAll = ['T4', 'T5', 'T8'] as const;

function ask(task: TaskId, kind: string, world: Dossier, rng: Random): Ask | undefined {
  const dossier = kind === task ? { ...world, named: namedAtMost } : world;
  const draft = generators[task].propose(dossier, rng);
  if (draft === undefined || draft.rationale.split('\n').length > quotable) return undefined;
  if (new Set(draft.gold.map(folded)).size < draft.gold.length) return undefined;
  const rationale = rationaleOf(task, dossier, draft);
  return rationale === undefined
    ? undefined
    : { task, kind, question: draft.question, contract: tasks[task].answerFormat, rationale, gold: draft.gold };
}

/** The whole line of a record whose beginning is given: plain copying. */
function quoted(dossier: Dossier, rng: Random): Ask {
  const line = recordLine(rng.pick(dossier.records));
  return {
    task: 'T1',
    kind: 'quote',
    question: `Quote the line of ${line.slice(0, line.indexOf(' ('))}.`,
    contract: 'After [Answer], write the line as it stands.',
    rationale: line,
    gold: [line],
  };
}

type Asker = (dossier: Dossier, rng: Random) => Ask | undefined;

const asker = (task: TaskId, kind: string): [string, Asker] => [kind, (dossier, rng) => ask(task, kind, dossier, rng)];

/** What can be asked of a dossier: kinds T1 to T9, `T4-all` and the like, which name no records, and `quote`. */
export const recordAskers: Readonly<Record<string, Asker>> = {
  ...Object.fromEntries(taskIds.map((task) => asker(task, task))),
  ...Object.fromEntries(overAll.map((task) => asker(task, `${task}-all`))),
  quote: quoted,
};
