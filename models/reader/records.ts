/**
 * @file Worlds in the product's short rendering: a heading and one line for each record, with the nine kinds of questions that the
 * generators of `src/construction/synthetic` ask of it. Names, categories and values are invented; the responses say more than the
 * generators' own rationales do: the whole line of each record that is needed, then what it says in question, then the answer.
 */

import type { Dossier, DossierRecord, Draft } from '../../src/construction/generator.ts';
import { shortContext } from '../../src/construction/render.ts';
import { drawDossier, recordLine, shownFact } from '../../src/construction/synthetic/dossier.ts';
import { generators } from '../../src/construction/synthetic/generators/registry.ts';
import type { Document, Fact } from '../../src/corpus/document.ts';
import type { Random } from '../../src/random.ts';
import { type TaskId, taskIds, tasks } from '../../src/tasks/task.ts';
import { inventedDocuments } from '../micro/generated-corpus.ts';
import type { Ask } from './asks.ts';
import {
  adjectives,
  capitalize,
  inventedName,
  inventedPerson,
  inventedPlace,
  inventedTitle,
  nouns,
  verbs,
} from './words.ts';

/** Numbers of every length alike. */
const number = (rng: Random, digits: number): string => {
  const size = rng.integer(1, digits);
  return String(rng.integer(size === 1 ? 0 : 10 ** (size - 1), 10 ** size - 1));
};

const label = (rng: Random): string => {
  const noun = rng.pick(nouns);
  return rng.chance(0.5) ? noun : rng.chance(0.5) ? `${rng.pick(adjectives)} ${noun}` : `${rng.pick(nouns)} ${noun}`;
};

const fact = (field: string, type: Fact['type'], value: string): Fact => ({
  field,
  type,
  value,
  span: { start: 0, end: 0 },
});

/** A title of plain words, as chapters have: many begin alike. */
function chapter(rng: Random): string {
  const word = (): string => capitalize(rng.chance(0.7) ? rng.pick(nouns) : rng.pick(adjectives));
  const roll = rng.next();
  if (roll < 0.3) return `The ${word()}`;
  if (roll < 0.45) return `The ${word()} ${word()}`;
  if (roll < 0.6) return `${word()} ${rng.pick(['and', 'of', 'in', 'at', 'for'])} the ${word()}`;
  if (roll < 0.75) return `${inventedName(rng)} ${capitalize(rng.pick(verbs))} ${rng.pick(['The ', ''])}${word()}`;
  if (roll < 0.85) return `The ${inventedName(rng)}'s ${word()}`;
  return rng.chance(0.5) ? `${word()} ${word()}` : word();
}

/** Names of a few stems with a number each. */
function series(rng: Random): (rng: Random) => string {
  const noun = rng.pick(nouns);
  const stems = Array.from(
    { length: 40 },
    () => (rng.chance(0.3) ? `${rng.pick('ABCDEFGHJKLMNPRSTW'.split(''))} ` : '') + inventedName(rng),
  );
  return (own) => `${own.pick(stems)} ${noun} ${own.integer(1, 15)}`;
}

/** Records of a family with fields of any name; a category is shared by two to five of them, or there are few categories. */
function anyDocuments(rng: Random, count: number): Document[] {
  const [family, category, ...fields] = [...new Set(Array.from({ length: 12 }, () => label(rng)))];
  const naming = rng.pick([inventedPlace, inventedPerson, inventedTitle, chapter, series(rng)]);
  const valued = rng.pick([inventedPlace, inventedPerson, (own: Random) => own.pick(nouns)]);
  const digits = [rng.integer(2, 5), rng.integer(2, 5)];
  const groups = rng.chance(0.5) ? rng.integer(3, 5) : Math.max(3, Math.round(count / rng.integer(2, 4)));
  const categories = new Set<string>();
  const names = new Set<string>();
  while (names.size < count) names.add(naming(rng));
  const within = rng.chance(0.3);
  while (categories.size < groups)
    categories.add(
      within && rng.chance(0.6)
        ? capitalize(
            rng.pick(
              rng
                .pick([...names])
                .split(/[^A-Za-z]+/)
                .filter((word) => word.length > 2),
            ) ?? inventedName(rng),
          )
        : rng.chance(0.8)
          ? inventedName(rng)
          : inventedPlace(rng),
    );
  return [...names].map((key) => ({
    id: `invented/${key}`,
    sha256: '',
    title: key,
    source: 'invented',
    licence: 'Apache-2.0',
    language: 'en',
    kind: 'reference',
    text: '',
    record: {
      family: `${family}s`,
      key,
      facts: [
        fact(category ?? 'kind', 'category', rng.pick([...categories])),
        fact(fields[0] ?? 'place', 'text', valued(rng)),
        ...digits.map((most, i) => fact(fields[i + 1] ?? 'size', 'number', number(rng, most + 1))),
      ],
    },
  }));
}

/** A dossier of `size` records. */
export function records(rng: Random, size: number): Dossier {
  for (;;) {
    // Values that occur twice are left out, so more are drawn than are wanted.
    const count = Math.round(size * 1.5) + 4;
    const drawn = drawDossier(
      rng.chance(0.5) ? anyDocuments(rng, count) : inventedDocuments(count, rng.integer(0, 2 ** 40)),
      size,
      rng,
    );
    if (drawn !== undefined) return drawn;
    size = Math.max(4, Math.round(size * 0.8));
  }
}

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
  const field = dossier.fields.find((one) => [' ', ',', ':'].some((end) => draft.question.includes(` ${one}${end}`)));
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
      return field && [...named.map((one) => valued(one, field)), begun(draft.gold.join('\n'))].join('\n');
    case 'T4':
      if (draft.question.startsWith('How many'))
        return [...named.map((one, i) => `${placed(one)} (${i + 1})`), begun(gold)].join('\n');
      return field && [...grouped(named, field), `So the ${field}: ${gold}`].join('\n');
    case 'T5':
      return field && [...grouped(named, field), begun('{')].join('\n');
    case 'T6':
      return [...named.map(({ key, category }) => `${key} (${category.value})`), begun(first.key)].join('\n');
    case 'T9':
      return [line, begun(first.key)].join('\n');
  }
}

/** As rewards read a name: without its article. */
const folded = (name: string): string => name.toLowerCase().replace(/^(?:the|a|an) /, '');

function ask(task: TaskId, dossier: Dossier, rng: Random): Ask | undefined {
  const draft = generators[task].propose(dossier, rng);
  if (draft === undefined || draft.rationale.split('\n').length > quotable) return undefined;
  if (new Set(draft.gold.map(folded)).size < draft.gold.length) return undefined;
  const rationale = rationaleOf(task, dossier, draft);
  return rationale === undefined
    ? undefined
    : { task, kind: task, question: draft.question, contract: tasks[task].answerFormat, rationale, gold: draft.gold };
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

/** What can be asked of a dossier: kinds T1 to T9, and `quote`. */
export const recordAskers: Readonly<Record<string, (dossier: Dossier, rng: Random) => Ask | undefined>> = {
  ...Object.fromEntries(taskIds.map((task) => [task, (dossier: Dossier, rng: Random) => ask(task, dossier, rng)])),
  quote: quoted,
};

/** What a line of a record has in tokens, about. */
export const tokensPerRecord = 26;

/** Its text, as the prompt shows it. */
export const recordsText = shortContext;
