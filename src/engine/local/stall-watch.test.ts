import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchStall } from './stall-watch.ts';

const limits = { everyMs: 25, looks: 8 };

async function stalls(script: string, busy: boolean): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  let stalled = false;
  const end = watchStall(
    child.pid ?? 0,
    () => busy,
    () => {
      stalled = true;
    },
    limits,
  );
  await delay(4 * limits.everyMs * limits.looks);
  end();
  child.kill('SIGKILL');
  return stalled;
}

const waits = "console.log('ready'); setTimeout(() => undefined, 60000);";
const computes =
  "console.log('ready'); setImmediate(function turn() { const end = Date.now() + 40; while (Date.now() < end); setImmediate(turn); });";

test.skipIf(process.platform !== 'linux')(
  'a process that should work and uses no processor time hangs; one that computes, or has nothing to do, does not',
  async () => {
    expect(await Promise.all([stalls(waits, true), stalls(computes, true), stalls(waits, false)])).toEqual([
      true,
      false,
      false,
    ]);
  },
);
