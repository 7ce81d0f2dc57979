import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenizerJson, trainBpe } from '../../models/micro/bpe.ts';
import { policyMarks } from './policy-marks.ts';
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

/** The folder's tokenizer with a token before each text, and with the marks of an answer as special tokens. */
async function beginning(files: Record<string, unknown>): Promise<string> {
  const json = JSON.parse(await readFile(join(directory, 'tokenizer.json'), 'utf8'));
  const pad = json.added_tokens.find((token: { content: string }) => token.content === '<|pad|>').id;
  const special = { type_id: 0 };
  const mark = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const marks = ['<think>', '</think>'].map((content, i) => ({ id: 1000 + i, content, ...mark }));
  const postProcessor = {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '<|pad|>', ...special } }, { Sequence: { id: 'A', ...special } }],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { '<|pad|>': { id: '<|pad|>', ids: [pad], tokens: ['<|pad|>'] } },
  };
  return await folderWith({
    ...files,
    'tokenizer.json': { ...json, added_tokens: [...json.added_tokens, ...marks], post_processor: postProcessor },
  });
}

test('a bare prompt begins as the post-processor says, one of a chat template as the template says', async () => {
  const bare = await loadTokenizer(await beginning({}));
  const [prompt] = await bare.encodePrompts(['Kenya?']);
  expect(prompt).toEqual(await bare.encode('<|pad|>Kenya?\n<think>\n'));
  const chat = await loadTokenizer(await beginning({ 'chat_template.jinja': template.replace('{{ bos_token }}', '') }));
  const [turn] = await chat.encodePrompts(['Kenya?']);
  expect(turn).toEqual(await chat.encode('[user] Kenya?\n[assistant] '));
});

test('marks of an answer stay, also where the tokenizer calls them special', async () => {
  const tokenizer = await loadTokenizer(await beginning({}));
  const answer = '<think>\nPeru</think>\n[Answer]\nLima';
  const tokens = await tokenizer.encode(`${answer}<|end|>`);
  expect(await tokenizer.encode('</think>')).toHaveLength(1);
  expect(await tokenizer.decode([tokens])).toEqual([answer]);
});

test('the marks for the reader of answers come from the template and the special tokens', async () => {
  const bare = await loadTokenizer(await beginning({}));
  expect(bare.marks).toEqual({
    thinkOpen: ['<think>'],
    thinkClose: ['</think>'],
    opensThinking: true,
    endTokens: ['<|end|>'],
  });
  const chat = await loadTokenizer(await folderWith({ 'chat_template.jinja': template }));
  expect(chat.marks.opensThinking).toBe(false);
  const closed = await loadTokenizer(await folderWith({ 'chat_template.jinja': `${template}<think>\n\n</think>\n\n` }));
  expect(closed.marks.opensThinking).toBe(false);
});

test('marks of a family that nobody knows are found in the tokens that the template ends with', () => {
  const added = ['<|begin_inner|>', '<|end_inner|>', '<|stop|>'].map((content, id) => ({ id, content }));
  expect(policyMarks('\n<|begin_inner|>\n', added, [2])).toEqual({
    thinkOpen: ['<|begin_inner|>'],
    thinkClose: ['<|end_inner|>'],
    opensThinking: true,
    endTokens: ['<|stop|>'],
  });
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
