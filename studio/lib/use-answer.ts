/** @file An answer of the server in a component: what is known, that it is awaited, or why it did not come. */
import { useEffect, useState } from 'preact/hooks';
import { type AnswerError, answerErrorOf } from './api.ts';

export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: AnswerError | undefined;
}

/** Asks whenever `key` changes; what was known before stays until the answer is there. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: undefined, error: undefined });
  useEffect(() => {
    const controller = new AbortController();
    ask(controller.signal).then(
      (value) => !controller.signal.aborted && setAnswer({ value, error: undefined }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setAnswer((before) => ({ ...before, error: answerErrorOf(error) }));
      },
    );
    return () => controller.abort();
  }, [key]);
  return answer;
}
