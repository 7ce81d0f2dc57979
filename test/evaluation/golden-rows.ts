/**
 * @file The rows on which the scorers are compared with the Python originals. They are made anew from a seed wherever they are
 * needed, so that only the originals' results are stored (`test/golden/evaluation.json`). To store them again:
 *
 *   npx tsx test/evaluation/golden-rows.ts > rows.jsonl
 *   python test/evaluation/golden_scores.py rows.jsonl --reference CHECKOUT --bfcl PACKAGE > test/golden/evaluation.json
 */
import { pathToFileURL } from 'node:url';
import { type Random, random } from '../../src/random.ts';

export interface GoldenRow {
  readonly scorer: string;
  readonly args: readonly string[];
}

const vocabulary = (
  'the a an of harbour Bridge tower 1,000 12 3.5 answer ANSWER is was river-side Münster café Ⅳ naïve ﬁne "quoted" ' +
  "it's E=mc² 中国 人口 tables and or not total revenue Therefore, final $5 20% (approx.) long_name x ² İstanbul ſ the. an, A"
).split(' ');
const spaces = [' ', ' ', ' ', ' ', '  ', '\n', '\t', '\u00a0', ' \n '];

const phrase = (draw: Random, least: number, most: number): string => {
  let text = '';
  for (let left = draw.integer(least, most); left > 0; left--) text += draw.pick(vocabulary) + draw.pick(spaces);
  return text;
};

/** A copy with some characters dropped, doubled, swapped or moved. */
function damaged(text: string, draw: Random): string {
  let out = Array.from(text);
  for (let edits = draw.integer(0, 12); edits > 0 && out.length > 4; edits--) {
    const at = draw.integer(0, out.length - 2);
    const size = draw.integer(1, Math.min(40, out.length - at));
    const part = out.slice(at, at + size);
    const rest = [...out.slice(0, at), ...out.slice(at + size)];
    const to = draw.integer(0, rest.length);
    const kind = draw.integer(0, 3);
    if (kind === 0) out = rest;
    else if (kind === 1) out = [...rest.slice(0, to), ...part, ...rest.slice(to)];
    else if (kind === 2) out.splice(at, 0, draw.pick(vocabulary));
    else out.splice(at, 1, draw.pick(['e', ' ', 'q', '中']));
  }
  return out.join('');
}

const think = (draw: Random): string =>
  draw.pick([
    '',
    '',
    '<think>',
    '</think>',
    '<think>a plan\nwith lines</think>',
    'thoughts</think>',
    '</think>x</think>',
  ]);

/** Numbers as models write them. */
function numeral(draw: Random): string {
  const whole = draw.pick([0, 7, 12, 35, 100, 999, 1000, 1234, 20_000, 1_234_567, 98_765_432]);
  const forms: readonly (() => string)[] = [
    () => String(whole),
    () => whole.toLocaleString('en-US'),
    () => `${whole}.${draw.integer(0, 999)}`,
    () => `${whole.toLocaleString('en-US')}.${draw.integer(0, 99)}`,
    () => `-${whole}`,
    () => `$${whole}`,
    () => `€ ${whole}`,
    () => `${whole}%`,
    () => `${whole} million`,
    () => `${whole} USD`,
    () => `about ${whole}`,
    () => `${whole}e${draw.integer(-9, 9)}`,
    () => `${draw.integer(1, 9)} x 10^${draw.integer(-4, 12)}`,
    () => `${draw.integer(1, 9)} × 10^${draw.integer(-4, 12)}`,
    () => `${whole}/${draw.integer(0, 12)}`,
    () => `${whole} + ${draw.integer(1, 40)} * 2 - 3`,
    () => `${draw.integer(1, 9)}**${draw.integer(-3, 60)}`,
    () => `-${draw.integer(1, 9)} ** 2`,
    () => `${whole} // 7 % 5`,
    () => `0${whole}`,
    () => `${whole}_000`,
    () => `.${draw.integer(0, 99)}`,
    () => `0x${whole.toString(16)}`,
    () => `${whole}°`,
    () => `${whole} km`,
    () => `${whole}km`,
    () => `km ${whole}`,
    () => `≈${whole}`,
    () => `x = ${whole}`,
    () => `${whole} or ${whole + 1}`,
    () => `approximately ${whole}`,
    () => `${whole}, ${whole + 1}`,
    () => `[${whole}, 2]`,
    () => `{${whole}}`,
    () => `max(${whole}, 2)`,
    () => `round(${whole}.55, 1)`,
    () => `abs(-${whole})`,
    () => `${whole} if ${whole} > 5 else 3`,
    () => `${whole} > 3`,
    () => `not ${whole}`,
    () => `'${whole}'`,
    () => `${whole}j`,
    () => `${whole} & 6 | 1 ^ 3`,
    () => `~${whole}`,
    () => `${whole} << 3`,
    () => `float(${whole})`,
    () => `(${whole})`,
    () => `１２`,
    () => `\`${whole}\``,
    () => `1e999`,
  ];
  return draw.pick(forms)();
}

function docmathResponse(draw: Random): string {
  const word = draw.pick(['True', 'False', 'true', 'yes', 'no', 'No', 'nothing', '']);
  const said = draw.chance(0.2) ? word : numeral(draw);
  const lead = draw.pick([
    'Therefore, the answer is ',
    'The answer is ',
    'so the answer is **',
    'the answer is: ',
    'the answer is (',
    '',
    'We compute the sum. Therefore, the answer is 5. No, wait: therefore, the answer is ',
  ]);
  return (
    draw.pick(['', '', 'first thoughts, the answer is 3</think>']) +
    lead +
    said +
    draw.pick(['', '.', ').', '**', '\n'])
  );
}

function docmathGold(draw: Random): { readonly type: string; readonly text: string } {
  const type = draw.pick(['int', 'float', 'float', 'bool']);
  if (type === 'bool') return { type, text: draw.pick(['True', 'False']) };
  const whole = draw.pick([0, 7, 12, 35, 100, 1000, 1234, 20_000, 1_234_567]);
  return type === 'int' ? { type, text: String(whole) } : { type, text: `${whole}.${draw.integer(1, 99)}` };
}

const letterLine = (draw: Random): string =>
  draw.pick([
    'ANSWER: ',
    'Answer: ',
    'answer:',
    '**ANSWER: ',
    'ANSWER : ',
    'The answer is ',
    '  ANSWER: ',
    'ANSWER：',
  ]) +
  draw.pick(['A', 'B', 'C', 'D', 'E', 'AB', 'A, B', '(C)', '[D]', 'b', '2', 'A.', 'D\n', 'C**', 'A because B', '']);

const verdictText = (draw: Random): string =>
  phrase(draw, 0, 4) +
  draw.pick(['[[YES]]', '[[NO]]', '[[yes]]', '[[ No ]]', 'YES', 'NO', '[[YES]] or [[NO]]: [[NO]]', '[[MAYBE]]', '']) +
  draw.pick(['', '', '[[CORRECT]]', '[[INCORRECT]]', '[[CORRECT]][[INCORRECT]]', '.']);

/** Something short that may stand in the response. */
const target = (draw: Random, response: string): string => {
  const words = response.split(' ').filter((part) => part !== '');
  if (words.length === 0 || draw.chance(0.3)) return phrase(draw, 1, 2);
  const at = draw.integer(0, words.length - 1);
  return words.slice(at, at + draw.integer(1, 3)).join(draw.pick([' ', ' ', '  ', '-']));
};

const aimeResponse = (draw: Random): string => {
  const value = draw.integer(0, 999);
  const forms = [
    `so \\boxed{${value}}`,
    `The final answer is $${value}$.`,
    `Thus \\boxed{\\frac{${value}}{3}}`,
    `answer: ${value}`,
    `we get $x=${value}$ and then \\boxed{${value + 1}}.`,
    `no idea`,
    `\\boxed{0${value}}`,
    `**${value}**`,
    `\\boxed{${value}^\\circ}`,
    `$\\boxed{${value}.0}$`,
  ];
  return draw.pick(['', '<think>maybe \\boxed{5}</think>', '</think>']) + draw.pick(forms);
};

const makers: Readonly<Record<string, (draw: Random) => readonly string[]>> = {
  'sequence-ratio': (draw) => {
    const text = phrase(draw, 0, draw.pick([2, 20, 120]));
    return draw.chance(0.15) ? [text, phrase(draw, 0, 60)] : [damaged(text, draw), text];
  },
  'mrcr-grade': (draw) => {
    const key = `k${draw.integer(0, 3)}`;
    const text = key + phrase(draw, 1, 40);
    return [think(draw) + draw.pick(['', '', '\n', 'x']) + damaged(text, draw), text, key];
  },
  'cover-match': (draw) => {
    const response = think(draw) + phrase(draw, 0, 20);
    return [response, target(draw, response)];
  },
  'docmath-answer': (draw) => [docmathResponse(draw)],
  'docmath-equals': (draw) => {
    const gold = docmathGold(draw);
    const exact = draw.chance(0.3) && gold.type !== 'bool';
    const factor = draw.pick([1, 1, 1.0012, 0.9986, 10, 100, 100.1, 1000, 0.01, 100_000, 1e-7, -1, 1.2]);
    return [exact ? String(Number(gold.text) * factor) : numeral(draw), gold.type, gold.text];
  },
  'token-f1': (draw) => {
    const gold = phrase(draw, 0, 6);
    return [draw.chance(0.6) ? damaged(gold, draw) : phrase(draw, 0, 8), gold, phrase(draw, 0, 4)];
  },
  'choice-letter': (draw) => [
    [phrase(draw, 0, 6), letterLine(draw), phrase(draw, 0, 3), draw.chance(0.3) ? letterLine(draw) : ''].join(
      draw.pick(['\n', ' ', '']),
    ),
  ],
  'verdict-contains-yes': (draw) => [verdictText(draw)],
  'verdict-yes-not-no': (draw) => [verdictText(draw)],
  'verdict-first-bracket': (draw) => [verdictText(draw)],
  'verdict-correct-not-incorrect': (draw) => [verdictText(draw)],
  'corpusqa-answer': (draw) => [
    `${think(draw)}${phrase(draw, 0, 5)}${draw.pick(['The answer is: ', 'the answer is ', 'answer ', 'The answer is:\n'])}${phrase(draw, 0, 5)}`,
  ],
  'longbench-answer': (draw) => [
    [0, 1, 2]
      .map(
        () =>
          draw.pick(['', 'Therefore, the answer is ', 'therefore the answer is: (', 'THEREFORE, the answer is "']) +
          phrase(draw, 0, 4) +
          draw.pick(['', ')', '".', '.', "'"]),
      )
      .join(draw.pick(['\n', '\r\n', '\u2028', ' '])),
  ],
  'frames-answer': (draw) => [
    `${phrase(draw, 0, 5)}${draw.pick(['the answer is ', 'Therefore, the answer is **', 'The answer is '])}${phrase(draw, 0, 4)}${draw.pick(['', '.', '**.', ' . '])}`,
  ],
  'memory-answer': (draw) => {
    const response = phrase(draw, 0, 12);
    return [response, target(draw, response), phrase(draw, 1, 1)];
  },
  'middle-truncate': (draw) => [phrase(draw, 0, 30), String(draw.integer(2, 120))],
  aime: (draw) => {
    const response = aimeResponse(draw);
    const said = /\d+/.exec(response)?.[0] ?? '1';
    return [response, draw.chance(0.6) ? said : String(draw.integer(0, 999))];
  },
};

/** Rows of each scorer. */
const count = 1000;

/** The rows of a seed; 0 are those of `test/golden/evaluation.json`. */
export function* goldenRows(seed = 0): Generator<GoldenRow> {
  const label = seed === 0 ? 'evaluation-golden' : `evaluation-golden-${seed}`;
  for (const [scorer, make] of Object.entries(makers)) {
    for (let index = 0; index < count; index++) {
      yield { scorer, args: make(random(label, scorer, index)) };
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const row of goldenRows(Number(process.argv[2] ?? 0))) process.stdout.write(`${JSON.stringify(row)}\n`);
}
