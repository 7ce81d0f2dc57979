/** @file Multiple choice (Accuracy): ways to name an option, and the other options. */
import { optionsOf } from '../../rewards/reading/options.ts';
import type { AuditItem } from '../item.ts';
import { valueForms, valueMisses } from './values.ts';
import type { Forms, Misses, VariantContext } from './variant.ts';

const isLetter = (text: string): boolean => /^[A-Z]$/.test(text);

export function letterForms(item: AuditItem): Forms {
  const gold = (item.spec.gold[0] ?? '').trim();
  if (!isLetter(gold)) return valueForms(item);
  const text = optionsOf(item.spec.question, item.spec.options)[gold];
  return {
    'letter in brackets': `(${gold})`,
    'letter with a stop': `${gold}.`,
    'bold letter': `**${gold}**`,
    'Option letter': `Option ${gold}`,
    'The answer is letter': `The answer is ${gold}.`,
    'boxed letter': `\\boxed{\\text{${gold}}}`,
    'JSON letter': JSON.stringify({ answer: gold }),
    'letter and text': text === undefined ? undefined : `${gold}. ${text}`,
    'bold letter and text': text === undefined ? undefined : `**(${gold}) ${text}**`,
    'text of the option': text,
    'letter, then reason': `${gold}\n\nThe text says so in the part that the question is about.`,
  };
}

export function letterMisses(item: AuditItem, context: VariantContext): Misses {
  const gold = (item.spec.gold[0] ?? '').trim();
  if (!isLetter(gold)) return valueMisses(item, context);
  const options = optionsOf(item.spec.question, item.spec.options);
  const letters = Object.keys(options).length > 1 ? Object.keys(options) : ['A', 'B', 'C', 'D'];
  const wrong = letters.filter((letter) => letter !== gold);
  const [other = 'E'] = context.rng.shuffle(wrong);
  return {
    'other letter': other,
    'other letter and text': options[other] === undefined ? undefined : `${other}. ${options[other]}`,
    'text of another option': options[other],
    'letter with the text of another': options[other] === undefined ? undefined : `${gold}. ${options[other]}`,
    'two letters': `${gold} or ${other}`,
    'all letters': letters.join('\n'),
    'letter denied': `not ${gold}`,
  };
}
