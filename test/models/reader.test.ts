import { expect, test } from 'vitest';
import { asksOf, type Branch, example, type Recipe, type View } from '../../models/reader/examples.ts';
import { chapters, places, speeches } from '../../models/reader/likenesses.ts';
import { random } from '../../src/random.ts';
import { scoreResponse } from '../../src/rewards/index.ts';
import { tasks } from '../../src/tasks/task.ts';

const views: readonly View[] = ['entries', 'records', 'tables', 'talk', 'releases'];
const recipe = (view: View): Recipe => ({ tokens: [200, 700], branches: 12, kinds: {}, views: { [view]: 1 } });

/** Questions of every kind over a few contexts of a view. */
const drawn = (view: View) =>
  Array.from({ length: 12 }, (_, i) => random('reader test', view, i)).flatMap((rng) => asksOf(view, rng, 500, 24));

test.each(views)('the response to a question over %s earns its reward in full', (view) => {
  const asks = drawn(view);
  expect(asks.length).toBeGreaterThan(60);
  for (const { ask } of asks) {
    const spec = { metric: tasks[ask.task].metric, gold: ask.gold, language: 'en', question: ask.question } as const;
    const response = `<think>\n${ask.rationale}\n</think>\n[Answer]\n${ask.gold.join('\n')}`;
    expect(scoreResponse(spec, response, 'hardened').score, `${ask.kind}: ${ask.question}`).toBeCloseTo(1, 5);
  }
});

test.each(views)('the answer to a question over %s can be read in its documents and its question', (view) => {
  const own = /^(?:none|\d+|[A-D]|\{.*\})$/;
  for (const { ask, text } of drawn(view)) {
    const bare = `${text}\n${ask.question}`.replaceAll(',', '');
    for (const line of ask.task === 'T9' ? [] : ask.gold) {
      const value = line.replace(/^(?:\d+|.*): (?=.)/, '').replaceAll(',', '');
      if (!own.test(value)) expect(bare, `${ask.kind}: ${ask.question}`).toContain(value);
    }
  }
});

test('every line of a look-up that is quoted stands in the documents', () => {
  const quoting = drawn('entries').filter(({ ask }) => ['lookup', 'bridge', 'figure', 'cloze'].includes(ask.kind));
  expect(quoting.length).toBeGreaterThan(10);
  for (const { ask, text } of quoting)
    for (const line of ask.rationale.split('\n').filter((one) => !one.startsWith('===')))
      expect(text.split('\n'), ask.question).toContain(line);
});

test('all nine forms are asked, and entries alone give them', () => {
  expect(new Set(drawn('entries').map(({ ask }) => ask.task)).size).toBe(9);
});

test('an example follows from its seed and number alone', () => {
  const one = example(recipe('entries'), 3, 5);
  expect(example(recipe('entries'), 3, 5)).toEqual(one);
  expect(example(recipe('entries'), 3, 6).context).not.toBe(one.context);
  const branch: Branch | undefined = one.branches[0];
  expect(branch?.ask).toMatch(/^\n\n[\s\S]+\nAfter \[Answer\][^\n]+\n<think>\n$/);
  expect(branch?.response).toMatch(/\n<\/think>\n\[Answer\]\n[\s\S]+<\|end\|>$/);
});

test('invented worlds have what makes the packaged documents hard to tell apart', () => {
  const rng = random('likenesses');
  const keyOf = (document: ReturnType<typeof places>[number]): string => document.record?.key ?? '';
  const stated = (document: ReturnType<typeof places>[number], field: string): string =>
    document.record?.facts.find((fact) => fact.field === field)?.value ?? '';
  for (const world of [places, speeches, chapters]) {
    const keys = world(rng, 30).map(keyOf);
    expect(keys.length).toBeGreaterThan(20);
    expect(new Set(keys).size).toBe(keys.length);
  }
  for (const place of places(rng, 30))
    expect(stated(place, 'demonym').slice(0, 2), keyOf(place)).toBe(keyOf(place).slice(0, 2));
  const stems = speeches(rng, 60).map((speech) => keyOf(speech).replace(/ \d+$/, ''));
  expect(new Set(stems).size).toBeLessThan(stems.length);
  const titles = chapters(rng, 60);
  const groups = new Set(titles.map((title) => stated(title, 'first named')));
  expect([...groups].some((group) => titles.some((title) => keyOf(title).includes(group)))).toBe(true);
});

test('numbers that are compared have letters in the order of their sizes, and the answer takes these in turn', () => {
  const compared = drawn('records').filter(({ ask }) => ask.rationale.includes('\nFrom the '));
  expect(compared.length).toBeGreaterThan(10);
  const rank = (letter: string): number => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].indexOf(letter);
  for (const { ask } of compared) {
    const [said = '', picked = ''] = ask.rationale.split(/\nFrom the (?:largest|smallest):\n/);
    const sizes = [...said.matchAll(/ (\d+) \((\d+)\)\n=(\w) /g)].map(([, value = '', code, letter = '']) => {
      expect(code).toBe(`${value.length}${value.charAt(0)}`);
      return { value: Number(value), rank: rank(letter) };
    });
    expect(sizes.length, ask.rationale).toBeGreaterThan(2);
    for (const one of sizes)
      for (const other of sizes)
        if (other.value > 0 && one.value >= 2 * other.value) expect(one.rank).toBeGreaterThan(other.rank);
    const chosen = [...picked.matchAll(/^=\w (.*)$/gm)].map(([, what]) => what);
    expect(chosen).toEqual(ask.gold);
  }
});
