/** @file The files of a bundle: scripts beside the page, loaded when they are asked for. */
import { bundleFile } from '../../src/studio/shared/bundle-format.ts';
import { AnswerError } from './source.ts';

declare global {
  /** Made by bundle.js, before any data. */
  var golongrlBundle: Map<string, unknown> | undefined;
}

/** What a bundle holds, by key. */
export type BundleData = Map<string, unknown>;

/** The value of a key, from its script. */
export function load<T>(data: BundleData, key: string): Promise<T> {
  if (data.has(key)) return Promise.resolve(data.get(key) as T);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = bundleFile(encodeURIComponent(key));
    script.onload = () =>
      data.has(key) ? resolve(data.get(key) as T) : reject(new AnswerError(`${bundleFile(key)} is damaged.`));
    script.onerror = () =>
      reject(
        new AnswerError('This bundle does not hold it.', 'Bundles keep some steps, samples and evaluations only.'),
      );
    document.head.append(script);
  });
}
