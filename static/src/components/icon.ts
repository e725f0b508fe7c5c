import { svg, type TemplateResult } from 'lit';

/** Our own icons on a grid of 24, stroked in the colour of the text around them. */
const ICONS = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5L21 21',
  close: 'M5 5l14 14M19 5L5 19',
  plus: 'M12 4v16M4 12h16',
  minus: 'M4 12h16',
  locate: 'M12 7a5 5 0 1 1 0 10a5 5 0 0 1 0-10zM12 2v5M12 17v5M2 12h5M17 12h5',
  home: 'M3 11l9-8l9 8M6 9.5V20h12V9.5M10 20v-6h4v6',
  layers: 'M12 3l9 5l-9 5l-9-5zM3 12.5l9 5l9-5M3 17l9 5l9-5',
  list: 'M8 6h13M8 12h13M8 18h13M3.5 6h.010M3.5 12h.010M3.5 18h.010',
  info: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 11v6M12 7.5v.010',
  down: 'M5 9l7 7l7-7',
  left: 'M15 5l-7 7l7 7',
  right: 'M9 5l7 7l-7 7',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  link: 'M10 14a4.5 4.5 0 0 0 6.5 0l3.5-3.5a4.6 4.6 0 0 0-6.5-6.5L12 5.5M14 10a4.5 4.5 0 0 0-6.5 0L4 13.5a4.6 4.6 0 0 0 6.5 6.5L12 18.5',
  share: 'M12 15V3M7.5 7L12 3l4.5 4M5 12v8h14v-8',
  print: 'M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7z',
  code: 'M8 6l-6 6l6 6M16 6l6 6l-6 6',
  warning: 'M12 3.5L22 20.5H2zM12 10v5M12 17.7v.010',
  download: 'M12 3v12M7 10.5l5 5l5-5M4 20h16',
  globe:
    'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM3 12h18M12 3c3.5 3.5 3.5 14.5 0 18c-3.5-3.5-3.5-14.5 0-18',
  pin: 'M12 2.5a7 7 0 0 1 7 7c0 5-5 9-7 12c-2-3-7-7-7-12a7 7 0 0 1 7-7zM12 7a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5z',
  refresh: 'M20 5v5h-5M4 19v-5h5M19.5 10A8 8 0 0 0 5.5 7.5M4.5 14a8 8 0 0 0 14 2.5',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  person: 'M12 4a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM4.5 20.5c0-8 15-8 15 0',
  show: 'M2 12c4.5-8 15.5-8 20 0c-4.5 8-15.5 8-20 0zM12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6z',
  hide: 'M2 12c4.5-8 15.5-8 20 0c-4.5 8-15.5 8-20 0zM12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM4 4l16 16',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4M12 3v2',
  check: 'M4.5 12.5l5 5L20 6.5',
  undo: 'M8 5L3.5 9.5L8 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-4',
  redo: 'M16 5l4.5 4.5L16 14M20 9.5H10a5.5 5.5 0 0 0 0 11h4',
  up: 'M5 15l7-7l7 7',
  reverse: 'M7 4v16M3 8l4-4l4 4M17 20V4M13 16l4 4l4-4',
  trash: 'M4 6.5h16M9 6V3.5h6V6M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6',
  grip: 'M9 5.5h.010M15 5.5h.010M9 12h.010M15 12h.010M9 18.5h.010M15 18.5h.010',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** An icon. It says nothing to a screen reader: write or label what it means. */
export const icon = (name: IconName): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
    focusable="false"><path d=${ICONS[name]}></path></svg>`;
