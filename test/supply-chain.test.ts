/** @file The packages that are installed: their licences, their install scripts, where they come from. SECURITY.md says why. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const packages = Object.entries(lockSchema.parse(JSON.parse(read('package-lock.json'))).packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }));

/** Permissive licences; MPL-2.0 binds changes of its own files alone. */
const allowed = [
  '0BSD',
  '(MIT OR CC0-1.0)',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT OR Apache-2.0',
  'MIT-0',
  'MPL-2.0',
  'Public Domain',
];

/** Binaries of other platforms have no entry of their own where npm did not unpack them: they are their package's. */
const parents: Readonly<Record<string, string>> = {
  '@biomejs/cli-': '@biomejs/biome',
  '@node-rs/jieba-': '@node-rs/jieba',
};

const parentOf = (name: string): string | undefined =>
  Object.entries(parents).find(([prefix]) => name.startsWith(prefix))?.[1];

function licenceOf(name: string): string | undefined {
  const own = packages.find((entry) => entry.name === name)?.license;
  const parent = parentOf(name);
  return own ?? (parent === undefined ? undefined : licenceOf(parent));
}

test('every package has a licence of the list', () => {
  expect(packages.length).toBeGreaterThan(100);
  const foreign = packages.map(({ name }) => [name, licenceOf(name)]).filter(([, is]) => !allowed.includes(is ?? ''));
  expect(foreign).toEqual([]);
});

test('the only install script is that of a tool for developing, and npm says so where it was to run', () => {
  const scripts = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(scripts).toEqual(['esbuild']);
  expect(read('SECURITY.md')).toContain('`esbuild`');
});

test.each([
  ['engine-runtime', allowed],
  // Of a tool for developing, nothing of which is shipped: minimatch and argparse, permissive too.
  ['scripts/api-reference', [...allowed, 'BlueOak-1.0.0', 'Python-2.0']],
])(
  'what %s holds is installed by exact versions and hashes, from a lock file that fits its manifest',
  (folder, licences) => {
    const wanted = z.looseObject({ dependencies: z.record(z.string(), z.string()) });
    const locked = lockSchema.parse(JSON.parse(read(`${folder}/package-lock.json`))).packages;
    for (const [name, version] of Object.entries(wanted.parse(JSON.parse(read(`${folder}/package.json`))).dependencies))
      expect(locked[`node_modules/${name}`]?.version).toBe(version);
    expect(
      Object.entries(locked)
        .filter(([path]) => path !== '')
        .filter(([, { integrity, license }]) => integrity === undefined || !licences.includes(license ?? '')),
    ).toEqual([]);
  },
);

test('every package has a hash, and direct ones an exact version', () => {
  const bare = packages.filter(({ name, integrity }) => integrity === undefined && parentOf(name) === undefined);
  expect(bare).toEqual([]);
  const manifest = z
    .looseObject({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
      optionalDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(read('package.json')));
  const versions = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((group) =>
    Object.values(group),
  );
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
