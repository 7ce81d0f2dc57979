/**
 * @file The newcomer's own fifteen documents: what lies in the folder of a small ferry company. Four quarterly reports with tables, four
 * minutes with speakers, three sets of rules, two lists of releases, two procedures. The same on every machine.
 */
import { type Random, random } from '../../src/random.ts';

const ports = ['Norby', 'Vessel Quay', 'Saltholm', 'Eastmark', 'Kirkness', 'Tarvin', 'Lunde', 'Graving Dock'] as const;
const ships = ['Astrid', 'Boreas', 'Corvina', 'Dagny', 'Eider', 'Fulmar'] as const;
const people = ['Anna Keller', 'Bo Larsen', 'Chen Wei', 'Dana Ortiz', 'Eli Novak', 'Fatima Haddad'] as const;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'] as const;

/** Rows between bars, under their heading. */
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const grouped = (value: number): string => value.toLocaleString('en-US');

/** A quarterly report, with three tables. */
export function report(quarter: number): string {
  const rng = random('newcomer', 'report', quarter);
  const traffic = ports.map((port) => [
    port,
    grouped(rng.integer(9000, 98_000)),
    rng.integer(120, 880),
    rng.integer(2, 96),
  ]);
  const fleet = ships.map((ship) => [
    ship,
    1980 + rng.integer(4, 41),
    rng.integer(140, 620),
    `${rng.integer(70, 99)}.${rng.integer(0, 9)}`,
  ]);
  const costs = ['Fuel', 'Crew', 'Berths', 'Repairs', 'Insurance', 'Cleaning'].map((item) => [
    item,
    grouped(rng.integer(40_000, 990_000)),
    grouped(rng.integer(40_000, 990_000)),
  ]);
  const [busy, calm] = rng.sample([...ports], 2);
  return `# Quarterly report ${quarter} of 2024

## Summary

In quarter ${quarter} the company carried more passengers from ${busy} than in any quarter before, while ${calm} lost its night service. Fuel remained the largest cost after crew, and two ships were out of service for repairs in the dry dock.

## Traffic

Passengers, vehicles and delayed departures by port. A departure counts as delayed when the ship leaves more than ten minutes after the time in the timetable. The figures were read from the gate counters and checked against the tickets sold.

${table(['Port', 'Passengers', 'Vehicles', 'Delayed departures'], traffic)}

The harbour office at ${busy} asked for a second gate. ${rng.pick(people)} answered that the gate would cost ${grouped(rng.integer(20_000, 90_000))} euros and could be ready in ${rng.pick(months)}. Passengers at ${calm} complained about the closed waiting room, which was opened again after ${rng.integer(3, 19)} days.

## Fleet

Every ship was inspected once. Punctuality is the share of departures on time.

${table(['Ship', 'Built', 'Seats', 'Punctuality in percent'], fleet)}

${rng.pick(ships)} lost a propeller blade on ${rng.integer(2, 27)} ${rng.pick(months)} and was towed to ${rng.pick(ports)}. The repair took ${rng.integer(4, 30)} days and was paid by the insurance. ${rng.pick(people)} has asked the yard for a written account of what failed.

## Costs

Costs of this quarter and of the same quarter of the year before, in euros.

${table(['Cost', 'This quarter', 'Year before'], costs)}

${rng.pick(people)} expects the cost of fuel to fall in the coming quarter, because the new contract fixes the price for half of the fuel. The berths at ${busy} were paid twice by mistake, and the port has returned ${grouped(rng.integer(2000, 9000))} euros.

## Outlook

The winter timetable begins on ${rng.integer(1, 28)} ${rng.pick(months)}. The board will decide on the sale of ${rng.pick(ships)} when the surveyor has handed in the report. Until then the ship sails between ${rng.pick(ports)} and ${rng.pick(ports)} at weekends only.
`;
}

const topics = [
  ['the night service to', 'stop it in winter', 'keep one departure a week'],
  ['the waiting room at', 'open it at six', 'leave the hours as they are'],
  ['the new ticket machines at', 'buy four of them', 'repair the old ones'],
  ['the ramp at', 'close it for a week', 'repair it at night'],
  ['the café on the pier of', 'let it for five years', 'run it ourselves'],
  ['the car park at', 'charge by the hour', 'keep it free'],
] as const;

function turnsOn(rng: Random, [what, first, second]: (typeof topics)[number]): string[] {
  const port = rng.pick([...ports]);
  const [asks, answers, doubts, closes] = rng.sample([...people], 4);
  const cost = grouped(rng.integer(3000, 80_000));
  return [
    `${asks}: We have to settle ${what} ${port}. My proposal is to ${first}, because the figures of last year were poor and nobody expects better ones.`,
    `${answers}: I would rather ${second}. It costs ${cost} euros a year, and ${rng.integer(40, 900)} people signed the letter that reached us on ${rng.integer(1, 28)} ${rng.pick([...months])}.`,
    `${doubts}: Does that sum contain the insurance? When we looked at ${rng.pick([...ports])} two years ago, the insurance alone came to ${grouped(rng.integer(900, 9000))} euros.`,
    `${answers}: It does. ${rng.pick([...people])} has checked the offer twice and found nothing that is missing.`,
    `${closes}: Then I suggest that we vote at the next meeting and that ${asks} prepares a page with both ways and their costs.`,
    `${asks}: Agreed. I will send it before ${rng.integer(1, 28)} ${rng.pick([...months])}.`,
  ];
}

function minutes(number: number): string {
  const rng = random('newcomer', 'minutes', number);
  const chosen = rng.shuffle([...topics]);
  return `Minutes of the board, meeting ${number}

${chosen.flatMap((topic) => turnsOn(rng, topic)).join('\n\n')}
`;
}

const rulesOf = [
  [
    'Conditions of carriage',
    'passenger',
    'a person who holds a valid ticket',
    'ticket',
    'the proof of a contract of carriage, on paper or on a screen',
  ],
  [
    'Safety rules of the fleet',
    'master',
    'the officer who commands the ship',
    'muster station',
    'the place where people gather in an emergency',
  ],
  [
    'Handbook for the staff of the piers',
    'shift',
    'a period of work of at least four hours',
    'supervisor',
    'the member of staff who is in charge of a pier',
  ],
] as const;

const duties = [
  'shall keep a record of every case for {n} months',
  'may refuse a vehicle that is longer than {n} metres',
  'shall inform the office within {n} hours',
  'may charge a fee of {n} euros',
  'shall return the deposit after {n} days',
  'shall hold an exercise every {n} weeks',
  'may carry at most {n} bicycles on a deck',
  'shall check the lights every {n} days',
] as const;

function rules(index: number): string {
  const rng = random('newcomer', 'rules', index);
  const [title, term, meaning, other, otherMeaning] = rulesOf[index] ?? rulesOf[0];
  const articles = rng.shuffle([...duties]).map((duty, i) => {
    const number = i + 3;
    const cited = rng.integer(2, Math.max(2, number - 1));
    const heading = ['Records', 'Refusal', 'Notice', 'Fees', 'Deposits', 'Exercises', 'Bicycles', 'Lights'][
      duties.indexOf(duty)
    ];
    return `Article ${number} — ${heading}

(1) The ${i % 2 === 0 ? term : other} ${duty.replace('{n}', String(rng.integer(2, 60)))}.

(2) Article ${cited} applies accordingly. In the months from ${rng.pick([...months])} on, the period is doubled where the ${i % 2 === 0 ? other : term} has agreed in writing.

(3) Who acts against paragraph 1 pays ${rng.integer(20, 900)} euros, unless ${rng.pick([...people])} or another member of the board has allowed the exception before.`;
  });
  return `# ${title}

Article 1 — Scope

These rules apply on all ships and piers of the company. They replace those of ${rng.integer(1990, 2019)}.

Article 2 — Definitions

(1) “${term[0]?.toUpperCase()}${term.slice(1)}” means ${meaning}.

(2) “${other[0]?.toUpperCase()}${other.slice(1)}” means ${otherMeaning}.

(3) “Pier” means a place where a ship of the company takes people on board.

(4) “Season” means the months in which the summer timetable applies.

${articles.join('\n\n')}
`;
}

const changes = [
  'Tickets can be returned until an hour before departure',
  'The search for a connection shows ships that are full',
  'The map shows the position of every ship',
  'Payments by card are confirmed at once',
  'The timetable can be read without a network',
  'Delays are told by a message',
  'The list of ports is sorted by distance',
  'The price for groups is shown before the purchase',
] as const;

function releases(index: number): string {
  const rng = random('newcomer', 'releases', index);
  const product = ['ticket app', 'gate software'][index];
  const entries = Array.from({ length: 8 }, (_, i) => {
    const [first, second] = rng.sample([...changes], 2);
    return `## ${2 + index}.${7 - i}.0 (2024-0${9 - i}-${String(rng.integer(10, 28))})

- ${first}.
- ${second}, on ${rng.integer(2, 9)} kinds of device.
- Starting takes ${rng.integer(200, 1900)} ms; the package is ${rng.integer(12, 60)} MB large.`;
  });
  return `# Releases of the ${product}

${entries.join('\n\n')}
`;
}

const steps = [
  'Switch off the main engine and wait {n} minutes',
  'Close the valve behind the filter and hang a sign on it',
  'Tell the bridge by radio that the work begins',
  'Unscrew the {n} bolts of the cover crosswise',
  'Take out the old part and put it into the grey box',
  'Clean the seat with a dry cloth',
  'Put in the new part with the arrow towards the bow',
  'Tighten the bolts with {n} newton metres',
  'Open the valve slowly and look for leaks',
  'Write the hours of the engine into the log book',
] as const;

function procedure(index: number): string {
  const rng = random('newcomer', 'procedure', index);
  const parts = index === 0 ? ['fuel filter', 'oil pump', 'cooling valve'] : ['ramp motor', 'door seal', 'bilge pump'];
  const sections = parts.map((part) => {
    const order = [...steps].filter(() => rng.next() > 0.15);
    return `## Changing the ${part}

The ${part} of ${rng.pick([...ships])} is changed every ${rng.integer(3, 24)} months. ${rng.pick([...people])} keeps the spare parts at ${rng.pick([...ports])}.

${order.map((step, i) => `${i + 1}. ${step.replace('{n}', String(rng.integer(4, 40)))}.`).join('\n')}

The work takes about ${rng.integer(2, 9)} hours for two people. A ${part} that has run for longer than ${rng.integer(1000, 9000)} hours is never used again.`;
  });
  return `# Work in the engine room, volume ${index + 1}

${sections.join('\n\n')}
`;
}

/** File names with their texts. */
export function ownDocuments(): Record<string, string> {
  const numbered = (count: number, name: string, make: (i: number) => string): [string, string][] =>
    Array.from({ length: count }, (_, i) => [`${name}-${i + 1}`, make(i)]);
  const all = [
    ...numbered(4, 'report', (i) => report(i + 1)),
    ...numbered(4, 'minutes', (i) => minutes(i + 1)),
    ...numbered(3, 'rules', rules),
    ...numbered(2, 'releases', releases),
    ...numbered(2, 'procedure', procedure),
  ];
  return Object.fromEntries(all.map(([name, text]) => [`${name}.md`, text]));
}
