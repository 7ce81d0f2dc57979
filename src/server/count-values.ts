/** @file How many values a JSON text has, before it is parsed: a parser makes 16 bytes and more of each two that arrive. */

const [quote, backslash, comma, list, object] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

/** The end of the string that begins at `start`. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return bytes.length;
}

/** Commas and openings outside of strings; counting stops above `most`. */
export function countValues(bytes: Buffer, most: number): number {
  let values = 1;
  for (let i = 0; i < bytes.length && values <= most; i++) {
    const byte = bytes[i];
    if (byte === quote) i = stringEnd(bytes, i);
    else if (byte === comma || byte === list || byte === object) values++;
  }
  return values;
}
