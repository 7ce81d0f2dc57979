/** @file A folder that becomes a bundle: the studio's own pages, and data as scripts beside them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../errors.ts';
import { exists, fileError } from '../../storage/files.ts';
import { assetFolder, loadAssets } from '../assets.ts';
import { type BundleIndex, bundleFile, bundleScript } from '../shared/bundle-format.ts';

/** Nothing is fetched and nothing but these files runs. `file:` because a page opened from a file has no origin that 'self' could mean. */
const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/** Runs before the data: keeps what they call with. */
const collector =
  'var golongrlBundle = new Map();\nfunction golongrlData(key, text) { golongrlBundle.set(key, JSON.parse(text)); }\n';

/** The page, with its data's index before its script. */
async function page(): Promise<string> {
  const html = await readFile(path.join(assetFolder, 'index.html'), 'utf8');
  return html
    .replace(
      '<meta charset="utf-8">',
      `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
    )
    .replace(
      /<script src="early.js"><\/script>\s*<script src="studio.js">/,
      '<script src="bundle.js"></script>\n    <script src="data/index.js"></script>\n    <script src="studio.js">',
    );
}

/** Open it, add data, end with the index. */
export class BundleFolder {
  private readonly out: string;
  files = 0;

  private constructor(out: string) {
    this.out = out;
  }

  /** @throws UsageError when the folder is in the way, ResourceError where the pages are not built. */
  static async open(out: string): Promise<BundleFolder> {
    loadAssets();
    if ((await exists(out)) && !(await exists(path.join(out, 'bundle.js'))))
      throw new UsageError(
        'out-exists',
        `--out ${out}: exists and is no bundle; nothing was changed.`,
        'Choose another --out.',
      );
    return new BundleFolder(out);
  }

  /** @throws ResourceError when the disk is full */
  async add(key: string, value: unknown): Promise<void> {
    await this.write(bundleFile(key), bundleScript(key, value));
  }

  /** Writes the index and the pages. */
  async end(index: BundleIndex): Promise<void> {
    await this.write('bundle.js', collector);
    await this.add('index', index);
    for (const name of ['studio.js', 'studio.css', 'icon.svg'])
      await this.write(name, await readFile(path.join(assetFolder, name)));
    await this.write('index.html', await page());
  }

  private async write(name: string, body: string | Uint8Array): Promise<void> {
    const file = path.join(this.out, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, body).catch((error: unknown) => {
      throw fileError(error, file, 'write');
    });
    this.files++;
  }
}
