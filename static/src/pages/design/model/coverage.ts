/** Which places no published route visits: asked for once, shown on the map and in a list. */
import { type ApiError, asApiError } from '../../../api/client';
import type { UncoveredPlace } from '../../../map/design-map';
import { languageTag } from '../../../i18n';
import { Store } from '../../../state/store';
import { type Coverage, type CoverageItem, getCoverage } from '../api';

export const coverageStore = new Store<{ coverage: Coverage | null; error: ApiError | null }>({
  coverage: null,
  error: null,
});

/** Asks again. */
export async function loadCoverage(): Promise<void> {
  try {
    coverageStore.set({ coverage: await getCoverage(), error: null });
  } catch (error) {
    coverageStore.set({ error: asApiError(error) });
  }
}

/** The places that no route visits, kind by kind. */
export const uncovered = (coverage: Coverage): UncoveredPlace[] =>
  (
    [
      ['locality', coverage.localities],
      ['council', coverage.councils],
      ['organisation', coverage.organisations],
    ] as const
  ).flatMap(([kind, items]) =>
    notVisited(items).map((item) => ({ kind, location: item.location, name: placeName(item) })),
  );

/** Those of a kind that no route visits, the nearest to a route first. */
export const notVisited = (items: readonly CoverageItem[]): CoverageItem[] =>
  items
    .filter(({ visited }) => !visited)
    .sort((a, b) => (a.nearest_m ?? Infinity) - (b.nearest_m ?? Infinity));

export const placeName = ({ name, name_en: english }: CoverageItem): string =>
  languageTag() === 'en' && english ? english : name;
