/** What is said of an area: which ring, and what is wrong with it. Corners are counted from 1 here. */
import { problemAnywhere } from '../../geo/crossings';
import { type Shape, type RingPlace, ringAt } from '../../geo/shape';
import { t } from '../../i18n/areas/edit';

/** What a ring is called among the others of its shape. */
export function ringName(shape: Shape, { polygon, ring }: RingPlace): string {
  const part = polygon + 1;
  if (ring > 0) return t('edit.ring_hole', { part, hole: ring });
  return shape.length > 1 ? t('edit.ring_part', { part }) : t('edit.ring_outline');
}

/** What is wrong with an area, and what to do; null when nothing is. */
export function areaProblem(shape: Shape): string | null {
  const problem = problemAnywhere(shape);
  if (!problem) return null;
  if (problem.kind === 'empty') return t('edit.area_empty');
  const ring = ringName(shape, problem.at);
  const count = ringAt(shape, problem.at).length;
  const edge = (corner: number): string => `${corner + 1}–${((corner + 1) % count) + 1}`;
  switch (problem.kind) {
    case 'few':
      return t('edit.area_few', { ring, count });
    case 'same':
      return t('edit.area_same', { ring, edge: edge(problem.corner) });
    case 'crossing':
      return t('edit.area_crossing', {
        ring,
        one: edge(problem.edges[0]),
        other: edge(problem.edges[1]),
      });
    case 'rings':
      return t('edit.area_rings', { ring, edge: edge(problem.edge) });
    case 'outside':
      return t('edit.area_outside', { ring });
  }
}
