/** @file The token that the server asks for. It comes behind `#`, and stays in this browser. */
import { store, stored } from './stored.ts';

const tokenKey = 'golongrl-studio-token';

/** Takes a token out of the address, so that it is in no bookmark and no picture of the screen; else the one that is kept. */
export function takeToken(): string | undefined {
  const found = /^#token=([\x21-\x7e]+)$/.exec(location.hash)?.[1];
  if (found === undefined) return stored(tokenKey);
  if (store(tokenKey, found)) history.replaceState(undefined, '', `${location.pathname}#/`);
  return found;
}

/** Keeps another one. */
export const keepToken = (token: string): boolean => store(tokenKey, token);

/** Headers of a request. */
export const tokenHeaders = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` };
