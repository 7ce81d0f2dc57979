/**
 * @file Paths into a row: `answers.text[*]`, `context[*][0]`, `options[2]`. A step is a name, a number in brackets, or `[*]` for every
 * element. A path yields the list of what it finds; nothing found is an empty list.
 */

import { UsageError } from '../../errors.ts';
import { isRecord } from '../../json.ts';

type Step = { readonly name: string } | { readonly index: number } | { readonly every: true };

const stepPattern = /(?:^|\.)([^.[\]]+)|\[(\d+)\]|\[(\*)\]/y;

/** @throws UsageError naming the path. */
export function parsePath(text: string): readonly Step[] {
  const steps: Step[] = [];
  stepPattern.lastIndex = 0;
  while (stepPattern.lastIndex < text.length) {
    const match = stepPattern.exec(text);
    if (match === null) {
      const message = `field path: got "${text}", expected names, [0] and [*], as in answers.text[*]`;
      throw new UsageError('path-invalid', message);
    }
    const [, name, index] = match;
    if (name !== undefined) steps.push({ name });
    else steps.push(index === undefined ? { every: true } : { index: Number(index) });
  }
  return steps;
}

function step(value: unknown, by: Step): unknown[] {
  if ('every' in by) return Array.isArray(value) ? value : [];
  if ('index' in by) return Array.isArray(value) && by.index < value.length ? [value[by.index]] : [];
  return isRecord(value) && Object.hasOwn(value, by.name) ? [value[by.name]] : [];
}

/** @example valuesAt({ answers: { text: ['Chad'] } }, 'answers.text[*]') // ['Chad'] */
export function valuesAt(row: unknown, path: string): unknown[] {
  return parsePath(path)
    .reduce((values, by) => values.flatMap((value) => step(value, by)), [row])
    .filter((value) => value !== undefined && value !== null);
}

/**
 * The objects that a path ends in, each with the names of all objects around it: `data[*].paragraphs[*].qas[*]` gives questions that
 * know their paragraph's context. An inner name hides an outer one.
 */
export function explode(row: Readonly<Record<string, unknown>>, path: string): Record<string, unknown>[] {
  let found: { scope: Record<string, unknown>; value: unknown }[] = [{ scope: {}, value: row }];
  for (const by of parsePath(path)) {
    found = found.flatMap(({ scope, value }) => {
      const inner = isRecord(value) ? { ...scope, ...value } : scope;
      return step(value, by).map((next) => ({ scope: inner, value: next }));
    });
  }
  return found.flatMap(({ scope, value }) => (isRecord(value) ? [{ ...scope, ...value }] : []));
}
