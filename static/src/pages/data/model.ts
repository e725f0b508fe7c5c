/** Where a file goes and how it is read: what the addresses of an import say. No HTML. */
import type { FilePreview } from '../../api/types';

/** What is known of a new dataset. */
export interface NewDataset {
  id: string;
  layer: string;
  title: string;
  source: string;
  licence: string;
  as_of: string;
}

/** Where a file is meant to go. */
export type Target = { kind: 'known'; id: string } | { kind: 'new'; dataset: NewDataset };

/** What somebody chose for columns: the name of a field, or nothing to leave the column out. */
export type Choices = Readonly<Record<string, string>>;

/** What a column is, as chosen or as recognised. */
export const meaningOf = (
  { name, field }: FilePreview['file']['columns'][number],
  choices: Choices,
): string => choices[name] ?? field ?? '';

const idOf = (target: Target): string => (target.kind === 'known' ? target.id : target.dataset.id);

/** The address at which a file is looked at. */
export function previewPath(target: Target): string {
  const query = new URLSearchParams();
  if (target.kind === 'new') query.set('layer', target.dataset.layer);
  return `/api/datasets/${encodeURIComponent(idOf(target))}/preview?${query.toString()}`;
}

export interface ImportChoices {
  target: Target;
  fileName: string;
  columns: FilePreview['file']['columns'];
  choices: Choices;
  acceptValid: boolean;
  acceptVanished: boolean;
  /** The plan of the dry run; without it, this is the dry run. */
  plan: string | null;
}

/** The address at which a file is tried, or imported as it was tried. */
export function importPath(options: ImportChoices): string {
  const { target, fileName, columns, choices, acceptValid, acceptVanished, plan } = options;
  const query = new URLSearchParams();
  if (target.kind === 'new') {
    for (const [name, value] of Object.entries(target.dataset)) {
      if (value && name !== 'id') query.set(name, value as string);
    }
  }
  query.set('file', fileName);
  for (const column of columns) {
    const chosen = choices[column.name];
    if (chosen !== undefined && chosen !== (column.field ?? '')) {
      query.append('map', `${column.name}:${chosen}`);
    }
  }
  if (acceptValid) query.set('accept_valid', 'true');
  if (acceptVanished) query.set('accept_vanished', 'true');
  if (plan) query.set('plan', plan);
  else query.set('dry_run', 'true');
  return `/api/datasets/${encodeURIComponent(idOf(target))}/import?${query.toString()}`;
}

/** An id for a new dataset of a layer: it has to be new, and says when it began. */
export const suggestedId = (layer: string, today: string, taken: readonly string[]): string => {
  const base = `${layer.replaceAll('_', '-')}-${today.slice(0, 4)}`;
  let number = 1;
  let id = base;
  while (taken.includes(id)) id = `${base}-${++number}`;
  return id;
};
