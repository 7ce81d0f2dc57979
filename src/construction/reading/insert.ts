/**
 * @file Puts wording of a generator's own into a reading: sentences at the end of units, or units of their own. A sample with
 * such wording is marked as composed.
 */
import type { Document, Span } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import { numbered } from './draw-reading.ts';
import type { Reading, Unit } from './reading.ts';

/** Adds each note, in order, to the end of a unit of its own; undefined when there are fewer units than notes. */
export function addNotes(
  reading: Reading,
  notes: readonly string[],
  rng: Random,
): { reading: Reading; hosts: Unit[] } | undefined {
  if (reading.units.length < notes.length) return undefined;
  const places = rng
    .sample(
      reading.units.map((_, i) => i),
      notes.length,
    )
    .sort((a, b) => a - b);
  const noteAt = new Map(places.map((place, i) => [place, notes[i] ?? '']));
  const gap = reading.language === 'zh' ? '' : ' ';
  const units = reading.units.map((unit, i) =>
    noteAt.has(i) ? { ...unit, text: `${unit.text}${gap}${noteAt.get(i)}` } : unit,
  );
  const hosts = places.map((place) => units[place]).filter((unit) => unit !== undefined);
  return { reading: { ...reading, units }, hosts };
}

/** A unit that a generator adds; the document and span name where its content comes from, not its wording. */
export interface InsertedUnit {
  readonly text: string;
  readonly document: Document;
  readonly span: Span;
}

/** Puts units at random places, keeping their order, and numbers all anew; `inserted` are the new ones. */
export function insertUnits(
  reading: Reading,
  added: readonly InsertedUnit[],
  rng: Random,
): { reading: Reading; inserted: Unit[] } {
  const places = added.map(() => rng.integer(0, reading.units.length)).sort((a, b) => a - b);
  const units: Unit[] = [];
  const marks: number[] = [];
  for (let i = 0; i <= reading.units.length; i++) {
    for (const [k, place] of places.entries()) {
      const extra = added[k];
      if (place !== i || extra === undefined) continue;
      marks.push(units.length);
      units.push({ ...extra, id: '' });
    }
    const unit = reading.units[i];
    if (unit !== undefined) units.push(unit);
  }
  const all = numbered(units, reading.kind);
  return { reading: { ...reading, units: all }, inserted: marks.map((i) => all[i]).filter((u) => u !== undefined) };
}
