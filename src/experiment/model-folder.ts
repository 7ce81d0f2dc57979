/**
 * @file Where a policy is: `micro` and `reader` are in the repository, anything else is a path or, where no such path is,
 * `owner/name` on the hub.
 */
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';
import { fetchFromHub, isHubName } from '../storage/hub.ts';

const modelFiles =
  /^[^/]*(\.safetensors|\.safetensors\.index\.json|config\.json|tokenizer.*\.json|chat_template\.jinja)$/;

/** Policies that this repository has trained. */
const own: readonly string[] = ['micro', 'reader'];

/** Fetches a model into the user's cache, once a commit; what is there already is kept. */
async function fetchModel(repo: string): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const into = join(cache, 'golongrl', 'models', repo.replace('/', '--'));
  await fetchFromHub({ type: 'model', repo, wanted: modelFiles, into });
  return into;
}

/**
 * Relative names are taken from `base`. What lies there is checked when it is opened.
 *
 * @throws InputError when nothing is there.
 */
export async function modelFolder(name: string, base = '.'): Promise<string> {
  // Two levels up from src/experiment/ and from dist/experiment/ alike.
  const path = own.includes(name)
    ? fileURLToPath(new URL(`../../models/${name}`, import.meta.url))
    : resolve(base, name);
  const missing = await access(path).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (missing === undefined) return path;
  if (isHubName(name)) return await fetchModel(name);
  throw new InputError(
    'model-missing',
    `model: got "${name}", but ${path} is missing.`,
    'A policy is a model folder, a GGUF file, an adapter folder or owner/name on the hub; "micro" is the one that comes with golongrl.',
    { cause: missing.error },
  );
}
