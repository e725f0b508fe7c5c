/** The door to everything that needs the map library. Import it lazily: it is the largest part. */
export { WardMap, type WardMapOptions, type LayerDrawing } from './ward-map';
export { RouteView, type RouteViewOptions } from './route-view';
export { PointPicker, type PointPickerOptions } from './point-picker';
export { AreaEditor, type AreaEditorOptions, type AreaView } from './area-editor';
export { CoverageMap, type CoverageMapOptions, type CoveredPoint } from './coverage-map';
export type { Ways } from './network-ways';
export { VisitMap, type VisitMapOptions, type VisitPoint } from './visit-map';
export {
  DesignMap,
  type DesignMapOptions,
  type DesignPoint,
  type UncoveredPlace,
} from './design-map';
