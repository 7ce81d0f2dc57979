/**
 * @file Questions of the nine forms over a world, each with the response of a careful reader: the heading and the line of every fact
 * that is needed, then the answer. Every step of it copies something that stands before it.
 */

import { asked as overviewAsked } from '../../src/construction/questions/generators/overview/wordings.ts';
import { recordsBridge } from '../../src/construction/questions/generators/records-bridge/index.ts';
import { asked as bridgeAsked } from '../../src/construction/questions/generators/records-bridge/wordings.ts';
import { recordsClaims } from '../../src/construction/questions/generators/records-claims/index.ts';
import { asked as claimsAsked } from '../../src/construction/questions/generators/records-claims/wordings.ts';
import { recordsRank } from '../../src/construction/questions/generators/records-rank/index.ts';
import { asked as tableAsked } from '../../src/construction/questions/generators/records-table/wordings.ts';
import { recordsWhere } from '../../src/construction/questions/generators/records-where/index.ts';
import { contractOf } from '../../src/construction/questions/render-prompt.ts';
import type { Random } from '../../src/random.ts';
import { type TaskId, tasks } from '../../src/tasks/task.ts';
import { grouped } from './words.ts';
import type { Field, Stated, Unit, World } from './world.ts';

/** One question over a world. */
export interface Ask {
  readonly task: TaskId;
  /** Kind of question, for the tables of what is learnt. */
  readonly kind: string;
  readonly question: string;
  readonly contract: string;
  readonly rationale: string;
  readonly gold: readonly string[];
}

type Asker = (world: World, rng: Random) => Ask | undefined;

/** The heading, each line once, and what is told below it. */
const quote = (unit: Unit, ...fields: readonly string[]): string => {
  const stated = fields.flatMap((field) => unit.fields.get(field) ?? []);
  return [...new Set([unit.heading, ...stated.map(({ line }) => line)]), ...stated.flatMap(({ told }) => told ?? [])]
    .filter((line) => line !== '')
    .join('\n');
};

const stating = (world: World, field: string): Unit[] => world.units.filter(({ fields }) => fields.has(field));

const ordered = (world: World): Field[] => world.fields.filter(({ kind }) => kind === 'figure' || kind === 'date');

const say = (rng: Random, texts: readonly string[], slots: Readonly<Record<string, string>>): string =>
  rng.pick(texts).replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');

const anyField = (world: World, rng: Random): { unit: Unit; field: Field; stated: Stated } | undefined => {
  const unit = rng.pick(world.units);
  const field = rng.pick(world.fields);
  const stated = unit.fields.get(field.name);
  return stated === undefined ? undefined : { unit, field, stated };
};

const lookup: Asker = (world, rng) => {
  const drawn = anyField(world, rng);
  if (drawn === undefined) return undefined;
  const { unit, field, stated } = drawn;
  const question = say(
    rng,
    [
      'What is stated under “{field}” for {name}?',
      'What is the “{field}” of {name}?',
      'Look up “{field}” for {name}.',
      'Which value does {name} have under “{field}”?',
      'Please tell me what is given as “{field}” for the {noun} {name}.',
      'For {name}, what is recorded under “{field}”?',
    ],
    { field: field.name, name: unit.name, noun: world.noun.one },
  );
  return {
    task: 'T1',
    kind: 'lookup',
    question,
    contract: contractOf(recordsBridge, 'en'),
    rationale: quote(unit, field.name),
    gold: [stated.value],
  };
};

const bridge: Asker = (world, rng) => {
  const drawn = anyField(world, rng);
  const other = rng.pick(world.fields);
  if (
    drawn === undefined ||
    drawn.field.kind === 'category' ||
    drawn.stated.value.length < 4 ||
    drawn.stated.value.length > 60
  )
    return undefined;
  const { unit, field, stated } = drawn;
  const wanted = unit.fields.get(other.name);
  if (wanted === undefined || other === field || world.text.split(`: ${stated.value}\n`).length > 2) return undefined;
  const slots = { noun: world.noun.one, wanted: other.name, known: field.name, clue: stated.value };
  return {
    task: 'T1',
    kind: 'bridge',
    question: bridgeAsked.say('en', rng.integer(0, 7), slots),
    contract: contractOf(recordsBridge, 'en'),
    rationale: `${stated.line}\n${quote(unit, other.name)}`,
    gold: [wanted.value],
  };
};

/** Of the options of a question. */
export const letters = ['A', 'B', 'C', 'D'];
/** Options, one a line, each with its letter. */
export const optionLines = (texts: readonly string[]): string =>
  texts.map((text, i) => `(${letters[i]}) ${text}`).join('\n');

/** Four different values of a field, one of them the unit's. */
const choice: Asker = (world, rng) => {
  const drawn = anyField(world, rng);
  if (drawn === undefined) return undefined;
  const { unit, field, stated } = drawn;
  const others = [
    ...new Set(stating(world, field.name).map(({ fields }) => fields.get(field.name)?.value ?? '')),
  ].filter((value) => value !== stated.value);
  if (others.length < 2) return undefined;
  const options = rng.shuffle([stated.value, ...rng.sample(others, Math.min(3, others.length))]);
  const right = letters[options.indexOf(stated.value)] ?? '';
  const question = say(
    rng,
    [
      'Which of these is stated under “{field}” for {name}?\n{options}',
      'What does the text give as “{field}” of {name}?\n{options}',
      'Choose what is recorded as “{field}” for {name}.\n{options}',
    ],
    { field: field.name, name: unit.name, options: optionLines(options) },
  );
  return {
    task: 'T2',
    kind: 'choice',
    question,
    contract: tasks.T2.answerFormat,
    rationale: `${quote(unit, field.name)}\n(${right}) ${stated.value}`,
    gold: [right],
  };
};

/** Which of four has a stated value. */
const whose: Asker = (world, rng) => {
  const drawn = anyField(world, rng);
  if (drawn === undefined || world.units.length < 3) return undefined;
  const { unit, field, stated } = drawn;
  if (stating(world, field.name).filter(({ fields }) => fields.get(field.name)?.value === stated.value).length > 1)
    return undefined;
  const others = rng.sample(
    world.units.filter((one) => one !== unit),
    Math.min(3, world.units.length - 1),
  );
  const options = rng.shuffle([unit, ...others]);
  const right = letters[options.indexOf(unit)] ?? '';
  const question = say(
    rng,
    [
      'Which of these has “{value}” under “{field}”?\n{options}',
      'Of which of the following is “{value}” given as “{field}”?\n{options}',
      'The value “{value}” for “{field}” belongs to which of these?\n{options}',
    ],
    { field: field.name, value: stated.value, options: optionLines(options.map(({ name }) => name)) },
  );
  return {
    task: 'T2',
    kind: 'whose',
    question,
    contract: tasks.T2.answerFormat,
    rationale: `${stated.line}\n${unit.heading}\n(${right}) ${unit.name}`,
    gold: [right],
  };
};

/** Some units that state a field with figures all different, or undefined. */
function compared(world: World, rng: Random, least: number, most: number): { field: Field; units: Unit[] } | undefined {
  const field = rng.sample(ordered(world), 1)[0];
  if (field === undefined) return undefined;
  const holders = stating(world, field.name);
  const seen = new Set<number>();
  const units: Unit[] = [];
  const wanted = rng.integer(least, most);
  for (const unit of rng.shuffle(holders)) {
    const number = unit.fields.get(field.name)?.number ?? 0;
    if (!seen.has(number) && units.length < wanted) units.push(unit);
    seen.add(number);
  }
  return units.length < least ? undefined : { field, units };
}

const numberOf = (unit: Unit, field: Field): number => unit.fields.get(field.name)?.number ?? 0;
const listed = (units: readonly Unit[]): string => units.map(({ name }) => name).join('; ');

/** Which of two to four named units is first by a figure or date. */
const extreme: Asker = (world, rng) => {
  const drawn = compared(world, rng, 2, 4);
  if (drawn === undefined) return undefined;
  const { field, units } = drawn;
  const highest = rng.chance(0.6);
  const best = [...units].sort((a, b) => (highest ? 1 : -1) * (numberOf(b, field) - numberOf(a, field)))[0];
  if (best === undefined) return undefined;
  const right = letters[units.indexOf(best)] ?? '';
  const word = field.kind === 'date' ? (highest ? 'latest' : 'earliest') : highest ? 'highest' : 'lowest';
  const question = say(
    rng,
    [
      'Which of these has the {word} “{field}”?\n{options}',
      'For which of the following is “{field}” the {word}?\n{options}',
    ],
    {
      word,
      field: field.name,
      options: optionLines(units.map(({ name }) => name)),
    },
  );
  const rationale = `${units.map((unit) => quote(unit, field.name)).join('\n')}\n${word}: ${best.fields.get(field.name)?.value}\n(${right}) ${best.name}`;
  return { task: 'T2', kind: 'extreme', question, contract: tasks.T2.answerFormat, rationale, gold: [right] };
};

const sweep = (world: World, field: Field, mark: (stated: Stated | undefined) => string): string =>
  world.units
    .map((unit) => {
      const stated = unit.fields.get(field.name);
      const line = stated?.told ?? stated?.line ?? `${field.name}: none`;
      return `${unit.numbered}\n${line}${mark(stated)}`;
    })
    .join('\n');

const sweepable = 9;

/** All units of a category. */
const category: Asker = (world, rng) => {
  if (world.units.length > sweepable) return undefined;
  const field = rng.sample(
    world.fields.filter(({ kind }) => kind === 'category'),
    1,
  )[0];
  const holders = field === undefined ? [] : stating(world, field.name);
  const value = field && holders.length > 0 ? rng.pick(holders).fields.get(field.name)?.value : undefined;
  if (field === undefined || value === undefined) return undefined;
  const right = world.units.filter(({ fields }) => fields.get(field.name)?.value === value);
  if (right.length > 5) return undefined;
  const question = say(
    rng,
    [
      'Which {nouns} have “{value}” under “{field}”? Name all of them.',
      'List every one of the {nouns} whose “{field}” is “{value}”.',
      'Go through the {nouns} and write down those with “{value}” as “{field}”.',
    ],
    { nouns: world.noun.many, value, field: field.name },
  );
  const rationale = sweep(world, field, (stated) => (stated?.value === value ? ' yes' : ' no'));
  return {
    task: 'T3',
    kind: 'category',
    question,
    contract: contractOf(recordsWhere, 'en'),
    rationale,
    gold: right.map(({ name }) => name),
  };
};

/** A round bound between two figures, as it is said. */
function boundOf(field: Field, rng: Random, figures: readonly number[]): { number: number; text: string } | undefined {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = rng.integer(1, sorted.length - 1);
  const [low = 0, high = 0] = [sorted[at - 1], sorted[at]];
  const size = 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-9)));
  const number = Number((Math.ceil((low + (high - low) / 4) / size) * size).toPrecision(6));
  if (!(number > low && number < high)) return undefined;
  const [whole = '', rest] = String(number).split('.');
  return { number, text: `${grouped(Number(whole))}${rest === undefined ? '' : `.${rest}`}${field.unit}` };
}

function above(
  world: World,
  rng: Random,
): { field: Field; bound: { number: number; text: string }; over: boolean } | undefined {
  if (world.units.length > sweepable) return undefined;
  const field = rng.sample(
    world.fields.filter(({ kind }) => kind === 'figure'),
    1,
  )[0];
  if (field === undefined) return undefined;
  const figures = stating(world, field.name).map((unit) => numberOf(unit, field));
  const bound = figures.length < 3 ? undefined : boundOf(field, rng, figures);
  return bound && { field, bound, over: rng.chance(0.7) };
}

const holds = (stated: Stated | undefined, bound: number, over: boolean): boolean =>
  stated?.number !== undefined && (over ? stated.number > bound : stated.number < bound);

const where: Asker = (world, rng) => {
  const drawn = above(world, rng);
  if (drawn === undefined) return undefined;
  const { field, bound, over } = drawn;
  const right = world.units.filter(({ fields }) => holds(fields.get(field.name), bound.number, over));
  if (right.length > 5) return undefined;
  const question = say(
    rng,
    [
      'Which {nouns} have a figure {than} {bound} for “{field}”? Name all of them.',
      'List all {nouns} that have a figure {than} {bound} for “{field}”.',
      'Please screen the {nouns}: which ones report a figure {than} {bound} for “{field}”?',
    ],
    { nouns: world.noun.many, than: over ? 'above' : 'below', bound: bound.text, field: field.name },
  );
  const rationale = sweep(world, field, (stated) => (holds(stated, bound.number, over) ? ' yes' : ' no'));
  return {
    task: 'T3',
    kind: 'where',
    question,
    contract: contractOf(recordsWhere, 'en'),
    rationale,
    gold: right.map(({ name }) => name),
  };
};

/** How many lie above a bound: a sweep that counts as it goes. */
const count: Asker = (world, rng) => {
  const drawn = above(world, rng);
  if (drawn === undefined) return undefined;
  const { field, bound, over } = drawn;
  let found = 0;
  const rationale = sweep(world, field, (stated) => {
    const right = holds(stated, bound.number, over);
    if (right) found++;
    return right ? ` yes ${found}` : ` no ${found}`;
  });
  const question = say(
    rng,
    [
      'How many of the {nouns} have a figure {than} {bound} for “{field}”?',
      'Count the {nouns} with a figure {than} {bound} for “{field}”.',
      'For how many {nouns} is the figure for “{field}” {than} {bound}?',
    ],
    { nouns: world.noun.many, than: over ? 'above' : 'below', bound: bound.text, field: field.name },
  );
  return { task: 'T4', kind: 'count', question, contract: tasks.T4.answerFormat, rationale, gold: [String(found)] };
};

/** The number that a value begins with, without its unit; undefined where there is none, or it is money. */
const bareFigure = (value: string): string | undefined => /^[\d,.]+/.exec(value)?.[0].replaceAll(',', '');

/** The figure of the highest or lowest of some. */
const highestFigure: Asker = (world, rng) => {
  const drawn = compared({ ...world, fields: world.fields.filter(({ kind }) => kind === 'figure') }, rng, 2, 4);
  if (drawn === undefined) return undefined;
  const { field, units } = drawn;
  const best = [...units].sort((a, b) => numberOf(b, field) - numberOf(a, field))[0];
  const value = best?.fields.get(field.name)?.value ?? '';
  const bare = bareFigure(value);
  if (best === undefined || bare === undefined) return undefined;
  const question = say(
    rng,
    [
      'What is the highest “{field}” among {names}?',
      'Of {names}, take the one with the highest “{field}”. What is the figure?',
    ],
    { field: field.name, names: listed(units) },
  );
  return {
    task: 'T4',
    kind: 'highest',
    question,
    contract: tasks.T4.answerFormat,
    rationale: `${units.map((unit) => quote(unit, field.name)).join('\n')}\nhighest: ${value}`,
    gold: [bare],
  };
};

/** A number of one unit, without its unit of measure. */
const figureOf: Asker = (world, rng) => {
  const drawn = anyField(world, rng);
  if (drawn === undefined || drawn.field.kind !== 'figure') return undefined;
  const { unit, field, stated } = drawn;
  const bare = bareFigure(stated.value);
  if (bare === undefined) return undefined;
  const question = say(
    rng,
    [
      'What is the figure for “{field}” of {name}, without its unit?',
      'How much is “{field}” for {name}? Give the bare number.',
    ],
    { field: field.name, name: unit.name },
  );
  return {
    task: 'T4',
    kind: 'figure',
    question,
    contract: tasks.T4.answerFormat,
    rationale: quote(unit, field.name),
    gold: [bare],
  };
};

/** The first column of a table is the units' own. */
const firstColumn = ({ noun }: World): string =>
  ({ 'country or territory': 'Country', book: 'Book', product: 'Product' })[noun.one] ?? 'Entry';

const tableOf: Asker = (world, rng) => {
  const units = rng.sample(world.units, Math.min(world.units.length, rng.integer(2, 3)));
  const columns = rng.sample(
    world.fields.filter(({ name }) => units.every(({ fields }) => fields.has(name))),
    rng.integer(1, 2),
  );
  if (columns.length === 0) return undefined;
  const names = [firstColumn(world), ...columns.map(({ name }) => name)];
  const question = say(
    rng,
    [
      'Make a table with the columns {columns} for {names}. Copy the values as they are given.',
      'I need a data sheet with the columns {columns} for {names}. Keep the values exactly as written.',
      'Extract into one table ({columns}) the values of {names}.',
    ],
    { columns: names.map((name) => `“${name}”`).join(', '), names: listed(units) },
  );
  const value = {
    columns: names,
    data: units.map((unit) => [unit.name, ...columns.map(({ name }) => unit.fields.get(name)?.value ?? '')]),
  };
  const rationale = units.map((unit) => quote(unit, ...columns.map(({ name }) => name))).join('\n');
  return {
    task: 'T5',
    kind: 'table',
    question,
    contract: tasks.T5.answerFormat,
    rationale,
    gold: [JSON.stringify(value)],
  };
};

/** The real generator's form: all above a bound, highest first. */
const tableWhere: Asker = (world, rng) => {
  const drawn = above(world, rng);
  if (drawn === undefined) return undefined;
  const { field, bound } = drawn;
  const right = world.units
    .filter(({ fields }) => holds(fields.get(field.name), bound.number, true))
    .sort((a, b) => numberOf(b, field) - numberOf(a, field));
  if (right.length > 3 || right.length === 0) return undefined;
  const names = [firstColumn(world), field.name];
  const slots = {
    columns: names.map((name) => `“${name}”`).join(' and '),
    nouns: world.noun.many,
    bound: bound.text,
    by: field.name,
  };
  const value = { columns: names, data: right.map((unit) => [unit.name, unit.fields.get(field.name)?.value ?? '']) };
  return {
    task: 'T5',
    kind: 'table-where',
    question: tableAsked.say('en', rng.integer(0, 7), slots),
    contract: tasks.T5.answerFormat,
    rationale: sweep(world, field, (stated) => (holds(stated, bound.number, true) ? ' yes' : ' no')),
    gold: [JSON.stringify(value)],
  };
};

const claims: Asker = (world, rng) => {
  const units = rng.sample(world.units, Math.min(world.units.length, rng.integer(2, 5)));
  const items = units.flatMap((unit) => {
    const field = rng.pick(world.fields);
    const stated = unit.fields.get(field.name);
    if (stated === undefined || field.kind === 'category' || stated.value.length < 3 || stated.value.length > 60)
      return [];
    return world.text.split(`${stated.line}\n`).length > 2 ? [] : [{ unit, stated }];
  });
  if (items.length < 2) return undefined;
  const slots = { nouns: world.noun.one, items: items.map(({ stated }, i) => `${i + 1}: ${stated.line}`).join('\n') };
  return {
    task: 'T6',
    kind: 'claims',
    question: claimsAsked.say('en', rng.integer(0, 7), slots),
    contract: contractOf(recordsClaims, 'en'),
    rationale: items.map(({ unit, stated }) => `${stated.line}\n${unit.heading}`).join('\n'),
    gold: items.map(({ unit }, i) => `${i + 1}: ${unit.name}`),
  };
};

const rankingOf =
  (task: 'T7' | 'T8'): Asker =>
  (world, rng) => {
    const kinds = task === 'T7' ? ['figure'] : ['date'];
    const drawn = compared({ ...world, fields: world.fields.filter(({ kind }) => kinds.includes(kind)) }, rng, 3, 4);
    if (drawn === undefined) return undefined;
    const { field, units } = drawn;
    const sign = task === 'T7' ? -1 : 1;
    const order = [...units].sort((a, b) => sign * (numberOf(a, field) - numberOf(b, field)));
    const slots = { field: field.name, names: listed(units), nouns: world.noun.many };
    const question =
      task === 'T7'
        ? say(
            rng,
            [
              'Rank {names} by “{field}”, highest first.',
              'Order these {nouns} by “{field}” from the highest to the lowest: {names}.',
              'Which of {names} has the highest “{field}”, which comes next, and so on?',
            ],
            slots,
          )
        : say(
            rng,
            [
              'Put {names} in the order of “{field}”, earliest first.',
              'Arrange these {nouns} by “{field}” from the earliest to the latest: {names}.',
              'In which order of “{field}” do {names} come? Start with the earliest.',
            ],
            slots,
          );
    const contract =
      task === 'T7'
        ? contractOf(recordsRank, 'en').replace(/ Leave out.*$/, '')
        : 'After [Answer], write the names as the headings have them, earliest first, one on each line.';
    const rationale = `${units.map((unit) => quote(unit, field.name)).join('\n')}\n${order.map((unit) => `${unit.fields.get(field.name)?.value}: ${unit.name}`).join('\n')}`;
    return {
      task,
      kind: task === 'T7' ? 'rank' : 'order',
      question,
      contract,
      rationale,
      gold: order.map(({ name }) => name),
    };
  };

/** A paragraph out of lines of an entry: what a reader without words of their own can do. */
const overview: Asker = (world, rng) => {
  const unit = rng.pick(world.units);
  const fields = rng.sample([...unit.fields.keys()], Math.min(unit.fields.size, rng.integer(3, 5)));
  const inOrder = [...unit.fields.keys()].filter((name) => fields.includes(name));
  if (inOrder.length < 2) return undefined;
  const lines = inOrder.map((name) => unit.fields.get(name)?.line ?? '');
  const gold = lines.join('. ');
  const slots = {
    title: unit.name,
    label: rng.pick(['Background', 'Economy - overview', 'Introduction', 'Summary']),
    words: String(Math.ceil(gold.split(' ').length / 10) * 10),
  };
  return {
    task: 'T9',
    kind: 'overview',
    question: overviewAsked.say('en', rng.integer(0, 7), slots),
    contract: tasks.T9.answerFormat,
    rationale: unit.heading,
    gold: [gold],
  };
};

/** Continues a line that the question begins: plain copying, on which all else rests. */
const cloze: Asker = (world, rng) => {
  const lines = world.text.split('\n').filter((line) => line.length > 24);
  if (lines.length === 0) return undefined;
  const line = rng.pick(lines);
  const words = line.split(' ');
  const given = words.slice(0, Math.max(2, Math.min(words.length - 1, rng.integer(2, 5)))).join(' ');
  if (given.length >= line.length || world.text.split(given).length > 2) return undefined;
  const question = say(
    rng,
    ['Quote the whole line that begins with “{given}”.', 'How does the line “{given}” go on? Write the whole line.'],
    { given },
  );
  return {
    task: 'T1',
    kind: 'cloze',
    question,
    contract: 'After [Answer], write the line as it stands.',
    rationale: line,
    gold: [line],
  };
};

/** Which release a change is in. */
const releaseOf: Asker = (world, rng) => {
  const unit = rng.pick(world.units);
  const [, stated] = rng.pick([...unit.fields].slice(1));
  if (world.text.split(`${stated.line}\n`).length > 2) return undefined;
  const question = say(
    rng,
    [
      'In which release was this made: “{value}”?',
      'Which version has the change “{value}”?',
      'Look up the release that lists “{value}”.',
    ],
    { value: stated.value },
  );
  return {
    task: 'T1',
    kind: 'releaseOf',
    question,
    contract: 'After [Answer], write the number of the release on one line.',
    rationale: `${stated.line}\n${unit.heading}`,
    gold: [unit.name],
  };
};

/** All kinds of questions. */
export const askers: Readonly<Record<string, Asker>> = {
  lookup,
  bridge,
  choice,
  whose,
  extreme,
  category,
  where,
  count,
  highest: highestFigure,
  figure: figureOf,
  table: tableOf,
  'table-where': tableWhere,
  claims,
  rank: rankingOf('T7'),
  order: rankingOf('T8'),
  overview,
  cloze,
  releaseOf,
};

/** The kinds that make sense over a kind of documents. */
export function askersOf(view: string): string[] {
  if (view === 'tables') return ['lookup', 'choice', 'extreme', 'where', 'count', 'highest', 'figure', 'table', 'rank'];
  if (view === 'releases') return ['whose', 'order', 'extreme', 'cloze', 'releaseOf'];
  return Object.keys(askers).filter((kind) => kind !== 'releaseOf');
}
