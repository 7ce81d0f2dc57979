/** @file The system's Chromium, and pages of the studio in it that count what they click. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined where this machine has none; CHROMIUM names another. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) return undefined;
  return await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What went wrong on a page: errors of its scripts, of its policy, and requests that left the machine. */
export interface Watched {
  readonly page: Page;
  readonly errors: string[];
  readonly foreign: string[];
}

/** A page that is listened to. @param scheme what the system prefers */
export async function openPage(
  browser: Browser,
  scheme: 'light' | 'dark' = 'light',
  width = 1440,
  height = 900,
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on(
    'console',
    (message) => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`),
  );
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url());
  });
  return { page, errors, foreign };
}

/** Goes to a place of the studio, and waits until something there is seen. */
export async function visit(page: Page, base: string, place: string, seen: string): Promise<void> {
  await page.goto(`${base.split('#')[0]}${place}`);
  await page.waitForSelector(seen, { timeout: 30_000 });
}
