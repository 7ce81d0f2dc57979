/** @file Numbers and times as a person reads them. */

/** Three digits that count; `–` for what is absent. */
export function number(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(1);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? Math.min(1, digits) : digits);
}

/** With its sign, minus as a minus. */
export const signed = (value: number, digits = 3): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${number(Math.abs(value), digits)}`;

export const count = (value: number): string => value.toLocaleString('en');

export const percent = (value: number): string =>
  `${(value * 100).toFixed(value !== 0 && Math.abs(value) < 0.1 ? 1 : 0)} %`;

/** 42 s, 3 min, 5 h, 2 d. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** How long ago, in words. */
export const ago = (milliseconds: number): string => {
  const seconds = (Date.now() - milliseconds) / 1000;
  return seconds < 5 ? 'now' : `${duration(seconds)} ago`;
};

/** Tokens or characters: 950, 12 K, 1.2 M. */
export function size(value: number): string {
  if (value < 1000) return String(Math.round(value));
  if (value < 1e6) return `${(value / 1000).toFixed(value < 1e4 ? 1 : 0)} K`;
  return `${(value / 1e6).toFixed(1)} M`;
}
