/** @file Turns against labels, in order: who speaks, when, and what is a stage direction. */
import { bare, fold, overlaps } from './fold.ts';
import type { FoundFacts, FoundTurn } from './found.ts';
import { type LabelledTurn, type Labels, maybeOf } from './labels.ts';
import type { MarkSheet } from './marks.ts';

const starts = (turn: FoundTurn, { starts: words }: LabelledTurn): boolean =>
  bare(turn.said).startsWith(bare(words)) || bare(turn.body).startsWith(bare(words));

const speakerIs = (turn: FoundTurn, { speaker }: LabelledTurn): boolean =>
  turn.speakers.some((each) => bare(each) === bare(speaker));

/** Pairs in order, as many as there can be; of those, the ones with the right speaker. Undefined: no turn was found for the label. */
function align(labels: readonly LabelledTurn[], turns: readonly FoundTurn[]): (FoundTurn | undefined)[] {
  const width = turns.length + 1;
  const best = new Float64Array((labels.length + 1) * width);
  const worth = (label: LabelledTurn, turn: FoundTurn): number =>
    starts(turn, label) ? (speakerIs(turn, label) ? 1 : 0.6) : 0;
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = labels.length - 1; i >= 0; i--) {
    for (let j = turns.length - 1; j >= 0; j--) {
      const [label, turn] = [labels[i], turns[j]];
      const together = label === undefined || turn === undefined ? 0 : worth(label, turn);
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), together > 0 ? together + at(i + 1, j + 1) : 0);
    }
  }
  const pairs: (FoundTurn | undefined)[] = [];
  let j = 0;
  for (const [i, label] of labels.entries()) {
    while (j < turns.length && at(i, j) > at(i + 1, j) && at(i, j) === at(i, j + 1)) j++;
    const turn = turns[j];
    const takes = turn !== undefined && worth(label, turn) > 0 && at(i, j) === worth(label, turn) + at(i + 1, j + 1);
    pairs.push(takes ? turn : undefined);
    if (takes) j++;
  }
  return pairs;
}

/** Words of a speech that was not found may stand in another's: shorter ones may do so by chance. */
const tellingLength = 10;

const swallowed = (label: LabelledTurn, turns: readonly FoundTurn[]): FoundTurn | undefined =>
  fold(label.starts).length < tellingLength
    ? undefined
    : turns.find((turn) => !speakerIs(turn, label) && fold(turn.said).includes(fold(label.starts)));

function scoreDirections(label: LabelledTurn, turn: FoundTurn, sheet: MarkSheet): void {
  const wanted = label.directions ?? [];
  for (const direction of wanted)
    sheet.add('directions', turn.directions.some((each) => overlaps(each, direction)) ? 'right' : 'miss', direction);
  // What a mail quotes is not said either, and nobody labels it.
  for (const direction of turn.directions.filter((each) => !each.startsWith('>')))
    if (!wanted.some((each) => overlaps(each, direction))) sheet.add('directions', 'alarm', direction);
}

/** Seconds since 1970, as exports have them, are read as a date and a time. */
const plainTime = (time: string): string =>
  /^\d{10}(?:\.\d+)?$/.test(time) ? new Date(1000 * Number(time)).toISOString().slice(0, 19).replace('T', ' ') : time;

function scoreTime(label: LabelledTurn, turn: FoundTurn, sheet: MarkSheet): void {
  if (label.time === undefined) return;
  if (turn.time === undefined) sheet.add('turn times', 'miss', label.time);
  else if (overlaps(turn.time, plainTime(label.time))) sheet.add('turn times', 'right', label.time);
  else sheet.wrong('turn times', `${label.time}, found ${turn.time}`);
}

function scoreTurn(label: LabelledTurn, turn: FoundTurn, sheet: MarkSheet): void {
  const what = `${label.speaker}: ${label.starts}`;
  if (speakerIs(turn, label)) sheet.add('turns', 'right', what);
  else {
    sheet.wrong('turns', `${what}, found ${turn.speakers.join(', ')}`);
    sheet.add('turns', 'wrong-speaker', `${what}, given to ${turn.speakers.join(', ')}`);
  }
  scoreTime(label, turn, sheet);
  scoreDirections(label, turn, sheet);
}

/** The turns of a document. Words of a missed turn that stand in another speaker's are given to the wrong one. */
export function scoreTurns(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  if (labels.turns === undefined) return;
  const pairs = align(labels.turns, found.turns);
  const maybe = maybeOf(labels, 'turns');
  for (const [i, label] of labels.turns.entries()) {
    const turn = pairs[i];
    if (turn !== undefined) {
      scoreTurn(label, turn, sheet);
      continue;
    }
    sheet.add('turns', 'miss', `${label.speaker}: ${label.starts}`);
    const taker = swallowed(label, found.turns);
    if (taker !== undefined)
      sheet.add(
        'turns',
        'wrong-speaker',
        `${label.speaker}: ${label.starts}, within words of ${taker.speakers.join(', ')}`,
      );
  }
  for (const turn of found.turns) {
    const spoken = `${turn.speakers[0] ?? ''} ${turn.body}`;
    if (pairs.includes(turn) || maybe.some((text) => overlaps(spoken, text))) continue;
    sheet.add('turns', 'alarm', `${turn.speakers[0] ?? ''}: ${turn.body.slice(0, 80)}`);
  }
}
