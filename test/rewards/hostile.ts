/** @file Answers meant to hang, crash or exhaust a verifier: no honest gold equals any of them. */
const often = (text: string, times: number): string => text.repeat(times);

/** Mathematics: what it is, and the text. */
export const hostileMathematics: readonly (readonly [name: string, text: string])[] = [
  ['a power tower', '$2^{2^{2^{2^{30}}}}$'],
  ['a giant factorial', '$(10^9)!$'],
  ['nested factorials', '$((((100!)!)!)!)!$'],
  ['a sum of a billion terms', '$\\sum_{k=1}^{10^9} k$'],
  ['a product of a billion factors', '$\\prod_{k=1}^{10^9} k$'],
  ['nested sums', '$\\sum_{i=1}^{2000}\\sum_{j=1}^{2000}\\sum_{k=1}^{2000} ijk$'],
  ['an expansion of millions of terms', '$(a+b+c+d+e+f+g+h)^{40}$'],
  ['a million digits', `$${often('9', 1_000_000)}$`],
  ['an exponent of nine digits', '$1E999999999$'],
  ['ten thousand parentheses', `$${often('(', 5000)}1${often(')', 5000)}$`],
  ['nested calls that never close', `$${often('f(x,', 60)}$`],
  ['nested sets that never close', `$${often('{(', 50)}$`],
  ['nested fractions', `$${often('\\frac{1}{1+', 300)}1${often('}', 300)}$`],
  ['nested roots', `$${often('\\sqrt{2+', 250)}2${often('}', 250)}$`],
  ['unclosed environments', often('\\(', 500_000)],
  ['a megabyte of dollars', often('$', 1_000_000)],
  ['a megabyte of boxes', often('\\boxed{', 150_000)],
  ['a megabyte of answers', often('answer ', 150_000)],
  ['a megabyte of spaces', `answer is${often(' ', 1_000_000)}x`],
  ['a megabyte of operators', ` 1${often('+(', 500_000)}`],
  ['a megabyte of grouped digits', `answer: ${often('1,000', 200_000)}x`],
];

/** Text for the metrics that compare lines, tables and summaries. */
export const hostileText: readonly (readonly [name: string, text: string])[] = [
  ['a megabyte of one letter', often('a', 1_000_000)],
  ['a megabyte of empty lines', `${often('\n', 1_000_000)}x`],
  ['a megabyte of spaces', `x${often(' ', 1_000_000)}x`],
  ['a megabyte of sentences', often('a b. ', 200_000)],
  ['a megabyte of different sentences', Array.from({ length: 120_000 }, (_, i) => `w${i}.`).join(' ')],
  ['a sentence of 300,000 words', often('word ', 200_000) + Array.from({ length: 100_000 }, (_, i) => i).join(' ')],
  ['a hundred thousand lines', Array.from({ length: 100_000 }, (_, i) => `Part ${i}`).join('\n')],
  ['a million answer marks', often('[Answer]', 125_000)],
  ['a million thoughts', often('<think></think>', 70_000)],
  ['open answer tags', often('<answer>', 125_000)],
  ['nested lists', `<answer>{"data":${often('[', 400_000)}</answer>`],
  ['nested objects', `<answer>${often('{"data":', 120_000)}</answer>`],
  ['a table of a hundred thousand rows', `{"columns":["a"],"data":[${often('["1.0"],', 100_000)}["x"]]}`],
  ['a cell of a million zeros', `{"columns":["a"],"data":[["1.${often('0', 1_000_000)}1"]]}`],
  ['a cell of grouped digits', `{"columns":["a"],"data":[["${often('1,000', 200_000)}x"]]}`],
  ['a megabyte of asterisks', often('**', 500_000)],
  ['a megabyte of escapes', `{"data":"${often('\\\\', 250_000)}"}`],
  ['a megabyte of Chinese', often('桥在河上', 80_000)],
  ['lone surrogates', often('\ud800', 200_000)],
];
