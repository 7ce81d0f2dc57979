/** @file The studio as a process: watches folders, serves their runs, on this machine alone unless told otherwise. */
import { checkToken, listen } from '../server/listen.ts';
import { createStudioApp } from './app.ts';
import { loadAssets } from './assets.ts';
import { Library } from './library.ts';

/** What is shown, where, and to whom. */
export interface StudioOptions {
  /** Runs, datasets, evaluations, corpora, or folders that hold some; files of documents. */
  readonly folders: readonly string[];
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** What pages must send; undefined lets everybody on this machine look. */
  readonly token?: string | undefined;
  readonly hosts?: readonly string[];
  /** Whether reviews of samples may be written; default no. */
  readonly review?: boolean;
}

export interface StudioServer {
  /** Without the token. */
  readonly url: string;
  /** With it, behind `#`, where it is in no request and no log. */
  readonly address: string;
  close(): Promise<void>;
}

/** @throws UsageError when open to the network without a token, ResourceError when the port is taken or the pages are not built. */
export async function startStudio(options: StudioOptions): Promise<StudioServer> {
  const { folders, host = '127.0.0.1', port = 0, token, hosts = [], review = false } = options;
  checkToken(host, token, 'Leave --no-token out.');
  const library = new Library(folders);
  const app = createStudioApp({ library, assets: loadAssets(), token, hosts: [host, ...hosts], review });
  const { url, close } = await listen(app, { host, port });
  // The list is ready when the first page asks for it.
  void library.summaries();
  return {
    url,
    address: token === undefined ? `${url}/` : `${url}/#token=${token}`,
    close: async () => {
      await library.close();
      await close();
    },
  };
}
