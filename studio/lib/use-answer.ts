/** @file An answer of the server in a component: what is known, that it is awaited, or why it did not come. */
import { useEffect, useState } from 'preact/hooks';
import { AnswerError } from './api.ts';

export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: AnswerError | undefined;
  readonly waiting: boolean;
}

/** Asks whenever `key` changes; what was known before stays until the answer is there. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: undefined, error: undefined, waiting: true });
  useEffect(() => {
    const controller = new AbortController();
    setAnswer((before) => ({ ...before, waiting: true }));
    ask(controller.signal).then(
      (value) => !controller.signal.aborted && setAnswer({ value, error: undefined, waiting: false }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const said = error instanceof AnswerError ? error : new AnswerError('The server does not answer.');
        setAnswer((before) => ({ ...before, error: said, waiting: false }));
      },
    );
    return () => controller.abort();
  }, [key]);
  return answer;
}
