/** @file `child.ts RUN MODEL`: the process of a training that may be broken. */
import { trainHere } from './training.ts';

const [path, model] = process.argv.slice(2);
await trainHere(path as string, model as string).catch((error: unknown) => {
  const { message, hint, code } = error as { message: string; hint?: string; code?: string };
  process.stderr.write(`${code ?? 'unexpected'}: ${message}\n${hint ?? ''}\n`);
  process.exitCode = 1;
});
