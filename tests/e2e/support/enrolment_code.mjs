// One-time codes as people type them: Crockford's base32 in groups of four, the last two characters check the others.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/// Multiplication by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1).
const timesX = (a) => ((a << 1) & 31) ^ (a & 16 ? 5 : 0);

function checkSymbols(data) {
  let high = 0;
  let low = 0;
  for (const symbol of data) {
    const carry = symbol ^ high;
    high = low ^ carry ^ timesX(carry);
    low = timesX(carry);
  }
  return [high, low];
}

const symbolsOf = (code) => [...code.replaceAll('-', '')].map((letter) => alphabet.indexOf(letter));

const written = (symbols) =>
  symbols
    .map((symbol) => alphabet[symbol])
    .join('')
    .match(/.{1,4}/g)
    .join('-');

/// The code with one character mistyped, so that its check characters no longer fit.
export function mistyped(code) {
  const symbols = symbolsOf(code);
  symbols[5] ^= 1;
  return written(symbols);
}

/// Another code with check characters that fit, for the same city and under the same locator: nobody ever issued it.
export function neverIssued(code) {
  const data = symbolsOf(code).slice(0, -2);
  data[data.length - 3] ^= 21;
  return written([...data, ...checkSymbols(data)]);
}
