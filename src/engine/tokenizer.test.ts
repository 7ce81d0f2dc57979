import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenizerJson, trainBpe } from '../../models/micro/bpe.ts';
import { loadTokenizer } from './tokenizer.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-tokenizer-'));
  const { vocab, merges } = trainBpe(['Kenya: capital Nairobi', 'Peru: capital Lima\n'], 300);
  await writeFile(join(directory, 'tokenizer.json'), tokenizerJson(vocab, merges));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('text survives encoding and decoding, whatever the script', async () => {
  const tokenizer = await loadTokenizer(directory);
  const texts = ['Kenya: capital Nairobi\n', 'café 東京 ½', '  two  spaces'];
  const tokens = await Promise.all(texts.map((text) => tokenizer.encode(text)));
  expect(await tokenizer.decode(tokens)).toEqual(texts);
});

test('a prompt is led into the thinking part', async () => {
  const tokenizer = await loadTokenizer(directory);
  const [prompt] = await tokenizer.encodePrompts(['Kenya?']);
  expect(await tokenizer.decode([prompt ?? new Int32Array()])).toEqual(['Kenya?\n<think>\n']);
  expect(prompt).toEqual(await tokenizer.encode('Kenya?\n<think>\n'));
});

test('the end token goes, the marks that a reward reads stay', async () => {
  const tokenizer = await loadTokenizer(directory);
  const tokens = await tokenizer.encode('Peru\n</think>\n[Answer]\nLima<|end|>');
  expect(tokenizer.stopTokens).toEqual([tokens.at(-1)]);
  expect(await tokenizer.decode([tokens])).toEqual(['Peru\n</think>\n[Answer]\nLima']);
});

test('the shipped policy reads a prompt as it was trained to', async () => {
  const tokenizer = await loadTokenizer(fileURLToPath(new URL('../../models/micro', import.meta.url)));
  const [prompt] = await tokenizer.encodePrompts(['Kenya?']);
  expect(prompt).toEqual(await tokenizer.encode('Kenya?\n<think>\n'));
  expect(tokenizer.stopTokens).toEqual([...(await tokenizer.encode('<|end|>'))]);
});

/** A copy of the tokenizer with further files. */
async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(directory, 'with-'));
  await cp(join(directory, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const template =
  "{{ bos_token }}{% for m in messages %}[{{ m['role'] }}] {{ m['content'] }}\n{% endfor %}{% if add_generation_prompt %}[assistant] {% endif %}";

test.each([
  ['a template in the configuration', { 'tokenizer_config.json': { bos_token: '<|pad|>', chat_template: template } }],
  [
    'a template by name',
    {
      'tokenizer_config.json': {
        bos_token: { content: '<|pad|>' },
        chat_template: [
          { name: 'tool_use', template: 'x' },
          { name: 'default', template },
        ],
      },
    },
  ],
  [
    'a template file, which wins',
    { 'tokenizer_config.json': { bos_token: '<|pad|>', chat_template: 'x' }, 'chat_template.jinja': template },
  ],
])('%s makes the prompt', async (_, files) => {
  const tokenizer = await loadTokenizer(await folderWith(files));
  const [prompt] = await tokenizer.encodePrompts(['Kenya?']);
  expect(prompt).toEqual(await tokenizer.encode('<|pad|>[user] Kenya?\n[assistant] '));
});

test('end tokens are those that the model declares', async () => {
  const declared = await loadTokenizer(
    await folderWith({
      'generation_config.json': { eos_token_id: [7, 9] },
      'tokenizer_config.json': { eos_token: '<|pad|>' },
    }),
  );
  expect(declared.stopTokens).toEqual([7, 9, ...(await declared.encode('<|pad|>'))]);
});

test.each([
  ['chat_template.jinja', '{% for %}', 'chat-template-invalid'],
  ['tokenizer_config.json', '{', 'tokenizer-corrupt'],
  ['generation_config.json', { eos_token_id: 'end' }, 'tokenizer-corrupt'],
])('a broken %s is named', async (name, content, code) => {
  const result = loadTokenizer(await folderWith({ [name]: content }));
  await expect(result).rejects.toMatchObject({ code });
  await expect(result).rejects.toThrow(name);
});

test('a template that refuses a prompt is an error of the model, not of the program', async () => {
  const tokenizer = await loadTokenizer(
    await folderWith({ 'chat_template.jinja': "{{ raise_exception('no users') }}" }),
  );
  await expect(tokenizer.encodePrompts(['x'])).rejects.toMatchObject({ code: 'chat-template-invalid' });
});

test('a folder without a tokenizer and a broken one are named', async () => {
  await expect(loadTokenizer(join(directory, 'nowhere'))).rejects.toMatchObject({ code: 'tokenizer-missing' });
  const broken = await mkdtemp(join(tmpdir(), 'golongrl-tokenizer-'));
  await writeFile(join(broken, 'tokenizer.json'), '{"version":');
  await expect(loadTokenizer(broken)).rejects.toMatchObject({ code: 'tokenizer-corrupt' });
  await rm(broken, { recursive: true });
});
