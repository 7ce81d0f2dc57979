/**
 * @file What a Python environment says of itself: `integrations/doctor/probe.py` runs in it and reports.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { integrationsFolder } from '../export/python-package.ts';
import { deadKeys, idleKeys } from '../export/verl/differences.ts';
import { type Check, checkSchema, fail } from './check.ts';
import type { Target } from './target.ts';

/** Which interpreter is asked, and what about. */
export interface EnvironmentOptions {
  readonly target: Target;
  /** The environment's interpreter. */
  readonly python: string;
  /** Folder that `golongrl export verl` wrote. */
  readonly exported?: string | undefined;
}

const reportSchema = z.object({ checks: z.array(checkSchema) });
/** Importing a trainer can take a minute on a cold disk. */
const patience = 300_000;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly error?: Error;
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const differences = JSON.stringify({ dead: deadKeys, idle: idleKeys });
    const child = spawn(command, args, {
      env: { ...process.env, GOLONGRL_DOCTOR_KEYS: differences, PYTHONWARNINGS: 'ignore' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr = (stderr + String(chunk)).slice(-4000)));
    child.on('error', (error) => resolve({ code: null, stdout, stderr, error }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The checks of the environment; one that fails where the interpreter cannot be asked. */
export async function environmentChecks({ target, python, exported }: EnvironmentOptions): Promise<Check[]> {
  const probe = path.join(integrationsFolder, 'doctor', 'probe.py');
  const folder = exported === undefined ? [] : ['--export', path.resolve(exported)];
  const { code, stdout, stderr, error } = await run(python, [probe, '--target', target, ...folder]);
  if (error !== undefined && code === null) {
    return [
      fail(
        'Python',
        `${python}: ${error.message}`,
        'Name the interpreter of the environment: --python VENV/bin/python',
      ),
    ];
  }
  const last = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return reportSchema.parse(JSON.parse(last)).checks;
  } catch {
    const why = stderr.trim().split('\n').at(-1) ?? '';
    const ended = code === null ? 'was stopped' : `ended with code ${code}`;
    return [
      fail(
        'Python',
        `${python} ${ended}: ${why.slice(0, 300)}`,
        'Does the interpreter start? It needs Python 3.10 or newer.',
      ),
    ];
  }
}
