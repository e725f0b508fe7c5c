import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DraggablePoints } from './draggable-points';
import { L } from './leaflet';

let map: L.Map;
const onMove = vi.fn();
const onChoose = vi.fn();
let points: DraggablePoints<{ id: string; at: [number, number]; label: string }>;

beforeEach(() => {
  const container = document.createElement('div');
  document.body.append(container);
  map = L.map(container).setView([35.65, 139.75], 18, { animate: false });
  points = new DraggablePoints(map, {
    icon: (_, isChosen) => ({
      draw: () => document.createElement('i'),
      className: isChosen ? 'corner is-chosen' : 'corner',
    }),
    onMove,
    onChoose,
  });
  points.set(
    [
      { id: 'a', at: [139.75, 35.65], label: 'A' },
      { id: 'b', at: [139.751, 35.65], label: 'B' },
    ],
    'b',
  );
});

afterEach(() => {
  map.remove();
  document.body.replaceChildren();
  vi.resetAllMocks();
});

const element = (label: string): HTMLElement =>
  map.getContainer().querySelector<HTMLElement>(`[aria-label="${label}"]`)!;
const key = (label: string, name: string, more: KeyboardEventInit = {}): void => {
  element(label).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }));
};

test('the chosen point alone is a stop of the tab key', () => {
  expect(element('A').getAttribute('tabindex')).toBe('-1');
  expect(element('B').getAttribute('tabindex')).toBe('0');
  expect(element('B').className).toContain('is-chosen');
});

test('arrow keys move a point, with Shift farther', () => {
  key('B', 'ArrowRight');
  key('B', 'ArrowUp', { shiftKey: true });
  const calls = onMove.mock.calls as [string, [number, number], boolean][];
  const [id, east, isDone] = calls[0]!;
  const [, north] = calls[1]!;
  expect([id, isDone]).toEqual(['b', true]);
  expect(east[0]).toBeGreaterThan(139.751);
  expect(east[1]).toBeCloseTo(35.65, 5);
  expect(north[1] - 35.65).toBeGreaterThan((east[0] - 139.751) * 5);
  key('A', 'Enter');
  expect(onChoose).toHaveBeenCalledWith('a');
});

test('an element stays the same while its point is, and goes with it', () => {
  const before = element('B');
  points.set([{ id: 'b', at: [139.752, 35.66], label: 'B again' }]);
  expect(element('B again')).toBe(before);
  expect(element('A')).toBeNull();
  points.clear();
  expect(map.getContainer().querySelectorAll('.corner')).toHaveLength(0);
});

test('a point goes where it is given', () => {
  const place = (): string => element('B').style.transform || element('B').style.left;
  const before = place();
  const marker = { id: 'b', at: [139.751, 35.65] as [number, number], label: 'B' };
  points.set([{ ...marker, at: [139.76, 35.65] }]);
  expect(place()).not.toBe(before);
  points.set([marker]);
  expect(place()).toBe(before);
});
