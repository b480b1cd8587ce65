/** The page's icons: one stroke, 16 units wide, in the colour of the text beside them. They never stand alone. */
const kPaths = {
  acknowledge: 'M3 8.5 6.5 12 13 4.5',
  alert: 'M8 2 14.5 13.5h-13ZM8 6.5v3M8 11.4v.2',
  arrow_left: 'M9.5 3.5 5 8l4.5 4.5',
  arrow_up: 'M8 13V3.5M4 7l4-3.8L12 7',
  bell: 'M3 11.5h10l-1.3-2V7a3.7 3.7 0 0 0-7.4 0v2.5ZM6.6 13.6h2.8M8 3.3V2',
  building: 'M3 13.5v-10l6-1.5v11.5M9 6h4v7.5M1.5 13.5h13M5.5 6h1M5.5 9h1',
  chevron: 'm4 6 4 4 4-4',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.3 1.6',
  cross: 'm4 4 8 8M12 4l-8 8',
  disk: 'M2.5 2.5h9l2 2v9h-11ZM5 2.5v3.5h5V2.5M4.8 13.5V9.5h6.4v4',
  file: 'M4 1.8h5.5L12.5 5v9.2h-8.5ZM9.3 2v3.2h3M6 8h4.5M6 10.8h4.5',
  globe: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2.2 8h11.6M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12',
  inbox: 'M2 9.5 4 3h8l2 6.5v4H2ZM2 9.5h3.8c.2 1.2 1 1.9 2.2 1.9s2-.7 2.2-1.9H14',
  link: 'M6.8 9.2 9.2 6.8M7.3 5 9 3.3a2.6 2.6 0 0 1 3.7 3.7L11 8.7M8.7 11 7 12.7A2.6 2.6 0 0 1 3.3 9L5 7.3',
  link_off: 'M7.3 5 9 3.3a2.6 2.6 0 0 1 3.7 3.7L11 8.7M8.7 11 7 12.7A2.6 2.6 0 0 1 3.3 9L5 7.3M2.5 2.5l11 11',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  pencil: 'm3 13 .6-3L10.5 3 13 5.5 6 12.4ZM9 4.6l2.4 2.4',
  person: 'M8 2.2a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.8 14c.4-3 2.3-4.6 5.2-4.6s4.8 1.6 5.2 4.6',
  phone: 'M3.5 2.5h2.6l1 3-1.5 1.2c.6 1.5 2.2 3.1 3.7 3.7L10.5 8.9l3 1v2.6c0 .7-.5 1-1.1 1C7.2 13.1 2.9 8.8 2.5 3.6c0-.6.3-1.1 1-1.1Z',
  place: 'M8 14.3C4.8 11 3.3 8.6 3.3 6.6a4.7 4.7 0 0 1 9.4 0c0 2-1.5 4.4-4.7 7.7ZM8 5a1.7 1.7 0 1 0 0 3.4A1.7 1.7 0 0 0 8 5Z',
  return: 'M6 4 2.5 7.5 6 11M2.8 7.5h6.7a3.5 3.5 0 0 1 0 7',
  scales: 'M8 2v12M4.5 14h7M2.5 4h11M4.3 4 2.3 9h4ZM11.7 4l-2 5h4Z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.4 3.4',
  seal: 'M8 1.8 9.7 3.2 12 3l.6 2.2 1.8 1.3-.9 2 .4 2.2-2.2.6L10.3 13 8 12.2 5.7 13l-1.4-1.7-2.2-.6.4-2.2-.9-2L3.4 5.2 4 3l2.3.2ZM5.5 7.6l1.8 1.8 3.2-3.5',
  supervise: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4Z',
} as const;

export type IconName = keyof typeof kPaths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}
