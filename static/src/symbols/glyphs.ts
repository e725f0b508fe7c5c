/**
 * Our own small drawings, on a grid of 16, white on a layer's colour.
 * `line` is stroked, `solid` is filled.
 */
interface Glyph {
  line?: string;
  solid?: string;
}

/** Outlines of point symbols on a grid of 32. */
export const OUTLINES = {
  circle: 'M16 3a13 13 0 1 1 0 26a13 13 0 0 1 0-26z',
  square: 'M8 4h16a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z',
  diamond:
    'M14 2.3a3 3 0 0 1 4 0L29.7 14a3 3 0 0 1 0 4L18 29.7a3 3 0 0 1-4 0L2.3 18a3 3 0 0 1 0-4z',
  house:
    'M14.6 2.6a2.2 2.2 0 0 1 2.8 0L28 11.4a2.6 2.6 0 0 1 1 2V26a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V13.4a2.6 2.6 0 0 1 1-2z',
  shield: 'M16 2l12 4v9.5c0 7.5-5 12-12 14.5c-7-2.5-12-7-12-14.5V6z',
  hexagon:
    'M9.5 3.5h13a2 2 0 0 1 1.7 1L30 15a2 2 0 0 1 0 2l-5.8 10.5a2 2 0 0 1-1.7 1h-13a2 2 0 0 1-1.7-1L2 17a2 2 0 0 1 0-2L7.8 4.5a2 2 0 0 1 1.7-1z',
  dot: 'M16 10a6 6 0 1 1 0 12a6 6 0 0 1 0-12z',
} as const;

/** What can stand inside an outline. */
export const GLYPHS = {
  none: {},
  dot: { solid: 'M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6z' },
  walk: {
    line: 'M8.5 6.5L7 10l-2.5 4M7 10l3 1.5v3M5 8.5l3.5-2l1.5 2h2',
    solid: 'M9.5 1.5a1.6 1.6 0 1 1 0 3.2a1.6 1.6 0 0 1 0-3.2z',
  },
  people: {
    solid:
      'M5 3.2a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4zM11 3.2a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4zM1 13.2c0-3 1.6-4.5 4-4.5c1.3 0 2.3 0.4 3 1.2c0.7-0.8 1.7-1.2 3-1.2c2.4 0 4 1.5 4 4.5z',
  },
  shop: {
    line: 'M2 6.5L3.5 2.5h9L14 6.5M3 8.5V13.5h10V8.5',
    solid: 'M1.5 6h13v1a2.2 2.2 0 0 1-4.3 0a2.2 2.2 0 0 1-4.4 0a2.2 2.2 0 0 1-4.3 0z',
  },
  pencil: { line: 'M3 13l0.8-3.2L10.5 3l2.5 2.5L6.2 12.2z' },
  flag: { line: 'M4 14.5V2', solid: 'M4 2h9l-2 3l2 3H4z' },
  hand: {
    solid:
      'M8 14C3 10.5 1.5 8 1.5 5.8C1.5 3.8 3 2.5 4.8 2.5C6.2 2.5 7.4 3.3 8 4.5C8.6 3.3 9.8 2.5 11.2 2.5C13 2.5 14.5 3.8 14.5 5.8C14.5 8 13 10.5 8 14z',
  },
  building: {
    line: 'M2 13.5h12M3.5 13V7M6.5 13V7M9.5 13V7M12.5 13V7',
    solid: 'M8 1.5l6.5 3.8H1.5z',
  },
  star: {
    solid: 'M8 1.3l2 4.4l4.8 0.5l-3.6 3.2l1 4.7L8 11.7l-4.2 2.4l1-4.7L1.2 6.2L6 5.7z',
  },
  heart: {
    line: 'M8 14C3 10.5 1.5 8 1.5 5.8C1.5 3.8 3 2.5 4.8 2.5C6.2 2.5 7.4 3.3 8 4.5C8.6 3.3 9.8 2.5 11.2 2.5C13 2.5 14.5 3.8 14.5 5.8C14.5 8 13 10.5 8 14z',
    solid: 'M8.8 4.5L5.2 8.5h2.2L6.6 12l4-4.5H8.2z',
  },
  torii: { line: 'M1.5 3.5c4 0.8 9 0.8 13 0M3 6.8h10M4.7 4v10M11.3 4v10' },
  toilet: {
    line: 'M8 2v12',
    solid:
      'M4 2.2a1.5 1.5 0 1 1 0 3a1.5 1.5 0 0 1 0-3zM2 6h4v4H5.2v4H2.8v-4H2zM12 2.2a1.5 1.5 0 1 1 0 3a1.5 1.5 0 0 1 0-3zM11 6h2l1.5 5h-1.3v3h-2.4v-3H9.5z',
  },
  train: {
    line: 'M4.5 14l1.5-2M11.5 14L10 12M3.5 7.5h9',
    solid:
      'M5.5 1.5h5a2 2 0 0 1 2 2V6.5h-9V3.5a2 2 0 0 1 2-2zM3.5 8.5h9V10a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2z',
  },
  tree: {
    line: 'M8 10v4.5',
    solid: 'M8 1.2a4 4 0 0 1 3.6 5.6A3 3 0 0 1 10.8 11.5H5.2A3 3 0 0 1 4.4 6.8A4 4 0 0 1 8 1.2z',
  },
  school: { line: 'M8 1.5v3M2 5h12M4.5 5c1 4 4 7.5 9 9M11.5 5c-1 4-4 7.5-9 9' },
  run: { line: 'M1.5 8h8M6.5 4.5L10 8l-3.5 3.5M10 2.5h4v11h-4' },
  roof: { line: 'M1.5 8L8 2.5L14.5 8M3.5 8v5.5M12.5 8v5.5M3.5 11.5h9' },
  shelter: {
    line: 'M1.5 7.5L8 2l6.5 5.5M3.5 7v6.5h9V7M5.5 10.2h4M8 8.2l2 2l-2 2',
  },
} as const satisfies Record<string, Glyph>;

/** The name of a drawing. */
export type GlyphName = keyof typeof GLYPHS;

/** The drawing of that name. */
export const glyph = (name: GlyphName): Glyph => GLYPHS[name];
