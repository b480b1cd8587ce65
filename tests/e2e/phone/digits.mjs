// Digits as people say them, with their check digits (PROTOCOL, "Phone receipt"): for codes that no journal gives.
const kCode = '2';

function checkDigits(context, digits) {
  let rest = 0;
  for (const digit of context + digits) rest = (rest * 10 + Number(digit)) % 97;
  return String(98 - ((rest * 100) % 97)).padStart(2, '0');
}

/// A code with right check digits: `code` of 15 digits, up to act `upto`, said by node `node`.
export function saidCode(node, code, upto) {
  return code + upto + checkDigits(kCode + node, code + upto);
}

/// What was said, with two digits swapped that differ.
export function misheard(said) {
  const digits = said.replaceAll(' ', '');
  const at = [...digits].findIndex((digit, i) => digit !== digits[i + 1]);
  return digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
}
