/** Modules that must stay light around the code, so that a reader finds it. */
const kQuiet = 4;

/** A QR code, dark on light whatever the page's colours: readers expect no other way round. */
export function QrCode({ rows, label }: { rows: string[]; label: string }) {
  const size = rows.length + 2 * kQuiet;
  const dark = rows.flatMap((row, y) => [...row].map((cell, x) => (cell === '1' ? `M${x + kQuiet} ${y + kQuiet}h1v1h-1z` : '')));
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" data-testid="qr">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
