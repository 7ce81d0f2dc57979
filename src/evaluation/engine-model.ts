/**
 * @file The embedded engine as a chat model, so that a checkpoint is evaluated without a server. It has one turn and no tools; the
 * engine samples one request at a time.
 */
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { ChatFailure, type ChatModel, type ChatReply, type ChatRequest } from '../llm/chat-model.ts';

/** A chat model over an engine; `name` goes into keys and reports, so it should name the checkpoint. */
export async function engineModel(engine: Engine, tokenizer: Tokenizer, name: string): Promise<ChatModel> {
  const { maxContext } = await engine.info();
  let busy: Promise<unknown> = Promise.resolve();
  const refuse = (code: string, message: string): never => {
    throw new ChatFailure(code, message, { retryable: false });
  };
  const completeGroup = async (request: ChatRequest, count: number, signal?: AbortSignal): Promise<ChatReply[]> => {
    const { messages, tools, temperature, topP, maxTokens, seed = 0 } = request;
    if (tools !== undefined && tools.length > 0) refuse('no-tools', 'The embedded engine calls no tools.');
    const text = messages.map(({ content }) => content).join('\n\n');
    const [prompt = new Int32Array()] = await tokenizer.encodePrompts([text]);
    const room = maxContext - prompt.length;
    if (room < 1) refuse('overlong', `The prompt has ${prompt.length} tokens, the model takes ${maxContext}.`);
    const turn = busy.then(() =>
      engine.sample({
        prompts: [prompt],
        rolloutsPerPrompt: count,
        maxTokens: Math.min(maxTokens ?? room, room),
        temperature,
        ...(topP === undefined ? {} : { topP }),
        stopTokens: tokenizer.stopTokens,
        seeds: [seed],
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    busy = turn.catch(() => undefined);
    const [completions = []] = await turn;
    const answers = await tokenizer.decode(completions.map(({ tokens }) => tokens));
    return completions.map(({ tokens, stopReason }, i) => ({
      text: answers[i] ?? '',
      toolCalls: [],
      finish: stopReason,
      promptTokens: prompt.length,
      completionTokens: tokens.length,
    }));
  };
  return {
    name,
    marks: tokenizer.marks,
    completeGroup,
    async complete(request, signal) {
      const [reply] = await completeGroup(request, 1, signal);
      return reply ?? refuse('no-completion', 'The engine gave no completion.');
    },
  };
}
