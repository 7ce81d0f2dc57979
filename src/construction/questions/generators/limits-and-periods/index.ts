/**
 * @file T4: periods, fees and limits of one unit that are stated in different provisions: quoted without the figure, to be looked up and added or compared.
 */
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { asStated, exact, minus, sumOf } from '../../views/exact.ts';
import { type Figure, figuresWithin } from '../../views/figures.ts';
import { itemLines } from '../../views/lines.ts';
import { chosenProvisions, type Provision, type Provisions, provisionPlaces } from '../../views/provisions.ts';
import { beginning, ending, oneLine, quotable, timesIn, withoutNumber } from '../../views/quoting.ts';
import { solve } from './solve.ts';
import { asked, gap, whats } from './wordings.ts';

const asksFor = { least: 3, most: 5 };
const longest = { en: 70, zh: 26 } as const;
const shortest = { en: 18, zh: 7 } as const;

const units: Readonly<Record<string, string>> = {
  day: 'days',
  hour: 'hours',
  month: 'months',
  year: 'years',
  minute: 'minutes',
  week: 'weeks',
  '£': 'pounds',
  $: 'dollars',
  '€': 'euros',
  '¥': 'yen',
  元: '元',
};

interface Gap {
  readonly provision: Provision;
  readonly figure: Figure;
  readonly quote: string;
}

/** The sentence around a figure with a gap in its place, long enough on both sides to be found. */
function gapOf(
  context: Context,
  { entry: { document, facts } }: Provisions,
  provision: Provision,
  figure: Figure,
): Gap | undefined {
  const sentence = facts.sentences.find(({ start, end }) => start <= figure.span.start && figure.span.end <= end);
  if (sentence === undefined) return undefined;
  const { language } = context;
  const { text } = document;
  const before = ending(withoutNumber(oneLine(text.slice(sentence.start, figure.span.start))), longest[language]);
  const behind = beginning(oneLine(text.slice(figure.span.end, sentence.end)), longest[language]);
  const clean =
    before.length >= shortest[language] &&
    behind.length >= 8 / (language === 'zh' ? 2 : 1) &&
    quotable(before + behind) &&
    !before.includes(gap) &&
    !/\d\.\d/.test(before);
  // Of two figures in one quotation the other would be a hint; a range has two values.
  const alone = !/\d|百分|hundred|thousand/.test(behind) && !/(?:between|from|一百|第)$/.test(before);
  if (!clean || !alone || timesIn(context, before) !== 1 || timesIn(context, behind) !== 1) return undefined;
  const [left, right] = language === 'zh' ? ['', ''] : [' ', /^[,.;:)]/.test(behind) ? '' : ' '];
  return { provision, figure, quote: `“${before}${left}${gap}${right}${behind}”` };
}

export const limitsAndPeriods: QuestionGenerator = {
  id: 'limits-and-periods',
  version: 1,
  task: 'T4',
  subtask: 'multi-place targeted aggregation',
  asks: 'Quotes clauses without their period, fee or limit and asks for the sum or the range of what belongs there.',
  languages: ['en', 'zh'],
  forms: ['law', 'manual'],
  scope: 'document',
  least: 2048,
  reserve: 320,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write the number alone, without its unit.',
    zh: '请在[答案]后只写数字，不写单位。',
  },
  places: (document, facts) =>
    provisionPlaces(
      document,
      facts,
      ({ entry, all }) => all.filter(({ span }) => figuresWithin(entry, span).length > 0).length >= 4,
    ),
  draw(context, random) {
    const found = chosenProvisions(context.chosen.map((i) => context.documents[i]));
    if (typeof found === 'string') return found;
    const gaps = found.all.flatMap((provision) =>
      figuresWithin(found.entry, { start: provision.bodyStart, end: provision.span.end }).flatMap(
        (figure) => gapOf(context, found, provision, figure) ?? [],
      ),
    );
    const wanted = random.integer(asksFor.least, asksFor.most);
    for (const unit of random.shuffle([...new Set(gaps.map(({ figure }) => figure.unit))])) {
      const name = units[unit];
      // One from each provision, no figure twice: another clause would do as well.
      const fits = random
        .shuffle(gaps.filter(({ figure }) => figure.unit === unit))
        .filter(({ provision }, i, list) => list.findIndex((other) => other.provision === provision) === i);
      const chosen = fits.slice(0, wanted);
      if (name === undefined || chosen.length < asksFor.least) continue;
      const values = chosen.map(({ figure }) => exact(figure.value));
      const ordered = chosen.map(({ figure }) => figure.value).sort((a, b) => a - b);
      const kind = new Set(ordered).size === ordered.length && random.chance(0.4) ? 'range' : 'sum';
      const value = kind === 'sum' ? sumOf(values) : minus(exact(ordered.at(-1) ?? 0), exact(ordered[0] ?? 0));
      const gold = asStated(value);
      if (gold === undefined || gold === '0') continue;
      return {
        slots: {
          document: found.entry.title,
          what: whats[kind].say(context.language, { unit: context.language === 'zh' ? unit : name }),
          items: itemLines(chosen.map(({ quote }) => quote)),
        },
        gold: [gold],
        rationale: chosen.map(({ provision, figure }) => `${provision.name}: ${figure.text}`).join('\n'),
        proof: chosen.map(({ figure }): Proof => ({ document: found.entry.document, span: figure.span })),
      };
    }
    return 'too few provisions that state figures of one unit';
  },
  solve,
};
