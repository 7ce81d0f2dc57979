/** @file How long an answer waits for a pass over files that goes on behind it. */

/** Resolves when the pass is over, or after `patience` milliseconds while it goes on. Rejects as the pass does, if it does so in time. */
export async function waitAWhile(pass: Promise<void> | undefined, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([pass, waited]).finally(() => clearTimeout(timer));
}
