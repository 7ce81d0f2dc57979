import { expect, test } from 'vitest';
import { z } from 'zod';
import { askStructured } from './ask-structured.ts';
import type { ChatRequest } from './chat-model.ts';

const schema = z.strictObject({ name: z.string().min(2).max(40) });
const request = { messages: [{ role: 'user' as const, content: 'Who?' }], temperature: 0 };

/** Replies in turn. */
function server(...replies: readonly string[]) {
  const asked: ChatRequest[] = [];
  const ask = async (sent: ChatRequest) => {
    const said = replies[asked.length];
    asked.push(sent);
    const reply = {
      text: said ?? '',
      toolCalls: [],
      finish: 'stop' as const,
      promptTokens: 1,
      completionTokens: 1,
    };
    return { key: String(asked.length), reply, cost: { requests: 1, promptTokens: 1, completionTokens: 1, money: 0 } };
  };
  return { ask, asked };
}

test('what does not fit is sent back with what is wrong, and what never fits is told', async () => {
  const { ask, asked } = server('Ann', '{"name":"A"}', '```json\n{"name":"Ann"}\n```');
  const found = await askStructured({ request, schema, repairs: 2, constrain: true, ask });
  expect(found).toMatchObject({ ok: true, value: { name: 'Ann' } });
  expect(asked[2]?.messages.at(-1)?.content).toContain('Too small');

  const never = server('Ann', 'Ann');
  const lost = await askStructured({ request, schema, repairs: 1, constrain: true, ask: never.ask });
  expect(lost).toMatchObject({ ok: false, at: 'form' });
});

test('a mistake made twice is asked about twice: each round of repair is a request of its own', async () => {
  const { ask, asked } = server('Ann', 'Ann', '{"name":"Ann"}');
  await askStructured({ request: { ...request, seed: 7 }, schema, repairs: 2, constrain: false, ask });
  expect(asked.map(({ seed }) => seed)).toEqual([7, 8, 9]);
  expect(asked[2]?.messages).toEqual(asked[1]?.messages);
});

test('bounds of strings are sent only to servers that are said to take them', async () => {
  const sent = async (constrain: true | 'lengths') => {
    const { ask, asked } = server('{"name":"Ann"}');
    await askStructured({ request, schema, repairs: 0, constrain, ask });
    return JSON.stringify(asked[0]?.jsonSchema);
  };
  expect(await sent(true)).not.toContain('maxLength');
  expect(await sent('lengths')).toContain('"maxLength":40');
});

test('a narrower form is decoded by and not demanded', async () => {
  const decoding = z.strictObject({ name: z.enum(['Ann', 'Bob']) });
  const { ask, asked } = server('{"name":"Cleo"}');
  const found = await askStructured({ request, schema, decoding, repairs: 0, constrain: true, ask });
  expect(found).toMatchObject({ ok: true, value: { name: 'Cleo' } });
  expect(JSON.stringify(asked[0]?.jsonSchema)).toContain('["Ann","Bob"]');
});
