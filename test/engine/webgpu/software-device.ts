/** @file The software device that the checks run on: SwiftShader, which comes with Chromium. Dawn takes lavapipe of Mesa 25, not of 22. */
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const library = 'libvk_swiftshader.so';

/** Folders of browsers: the system's, and those that Playwright has installed. */
function folders(): string[] {
  const playwright = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  const browsers = existsSync(playwright) ? readdirSync(playwright) : [];
  return [
    process.env.SWIFTSHADER ?? '',
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
    ...browsers.flatMap((name) =>
      ['chrome-linux', 'chrome-linux64', 'chrome-headless-shell-linux64'].map((sub) => join(playwright, name, sub)),
    ),
  ].filter(Boolean);
}

/** Makes Vulkan of this process, and of those that it starts, find SwiftShader alone. Undefined where there is none. */
export function useSoftwareDevice(): string | undefined {
  const found = folders().find((folder) => existsSync(join(folder, library)));
  if (found === undefined) return undefined;
  const manifest = join(mkdtempSync(join(tmpdir(), 'golongrl-icd-')), 'swiftshader.json');
  const ICD = { library_path: join(found, library), api_version: '1.1.0' };
  writeFileSync(manifest, JSON.stringify({ file_format_version: '1.0.0', ICD }));
  useDriver(manifest);
  return found;
}

/** The same for the driver of a manifest. */
export function useDriver(manifest: string): string {
  process.env.VK_ICD_FILENAMES = manifest;
  process.env.VK_DRIVER_FILES = manifest;
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
  return manifest;
}
