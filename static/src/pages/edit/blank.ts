import type { DatasetList, Place } from '../../api/types';

/** A place of a layer that does not exist yet, as an empty form shows it; null for no such layer. */
export function blankPlace(layer: string, editable: DatasetList['editable_layers']): Place | null {
  const known = editable.find(({ id }) => id === layer);
  if (!known) return null;
  const nowhere = {
    type: 'Point' as const,
    coordinates: [Number.NaN, Number.NaN] as [number, number],
  };
  return {
    id: '',
    layer: known.id,
    shape: known.shape,
    name: '',
    current: true,
    version: 0,
    datasets: [],
    fields: known.fields.map((field) => ({ ...field, file: null, value: null, edited: false })),
    former: [],
    geometry: { file: nowhere, value: nowhere, edited: false },
    warnings: [],
  };
}
