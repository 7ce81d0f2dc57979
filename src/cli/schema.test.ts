import { expect, test, vi } from 'vitest';
import { completeConfig } from '../training/parse-config.ts';
import { runCommand } from './main.ts';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), columns: undefined };
  return { code: await runCommand(args, terminal), out: out.join(''), err: err.join('') };
}

test('a schema asks for what a configuration must hold, describes each field and leaves the rest to its defaults', async () => {
  const { code, out } = await run('schema', 'train');
  const schema = JSON.parse(out);
  expect(code).toBe(0);
  expect(schema.required).toEqual(['model', 'data']);
  expect(schema.properties.data.required).toEqual(['train']);
  expect(schema.additionalProperties).toBe(false);
  const smallest = { model: 'micro', data: { train: 'train.jsonl' } };
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(completeConfig(smallest))));
});

test('schemas are listed, and a wrong name says which there are', async () => {
  expect((await run('schema')).out).toMatch(/^train .*\nllm-track .*\nmapping .*\n$/);
  expect(await run('schema', 'trian')).toMatchObject({
    code: 2,
    err: expect.stringContaining('expected train | llm-track | mapping. Did you mean "train"?'),
  });
});

test('a shell completes commands and options of commands that were not loaded yet', async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    await run('complete', '--', 'data', 'dec');
    await run('complete', '--', 'train', '--optimizer.learn');
    await run('complete', 'zsh');
  } finally {
    log.mockRestore();
  }
  const text = lines.join('\n');
  expect(text).toMatch(/^decontaminate\t/m);
  expect(text).toMatch(/^--optimizer\.learningRate\t/m);
  expect(text).toContain('#compdef golongrl');
});
