/**
 * @file The Python package golongrl, as an export takes it along: a person installs it from there, without a registry.
 */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The Python package lies beside src/ and dist/ alike. */
export const integrationsFolder = fileURLToPath(new URL('../../integrations', import.meta.url));

/** Writes `OUT/python/golongrl`, without what Python leaves in a source tree. @throws Error of the file system. */
export async function copyPythonPackage(out: string): Promise<void> {
  const left = /(^|[\\/])(__pycache__|tests|build|[^\\/]*\.egg-info)$/;
  const target = path.join(out, 'python', 'golongrl');
  await rm(target, { recursive: true, force: true });
  await cp(path.join(integrationsFolder, 'golongrl'), target, { recursive: true, filter: (file) => !left.test(file) });
}
