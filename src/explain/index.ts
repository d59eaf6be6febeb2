export { classMap, type FocusMethod, focusMethods, type ValueMap } from './class-map.js'
export { deadShare, type LayerActivity, type LayerActivityOptions, layerActivity } from './dead-filters.js'
export {
  type FeatureMapOptions,
  type FeatureMaps,
  featureMaps,
  type LayerMaps,
  type ShownMaps,
} from './feature-maps.js'
export { type FilterPicture, type FirstFilters, firstFilters, type ShownFilter } from './filters.js'
export { type Focus, type FocusOptions, focus, type HalfOfFocus, type Place, placeInWords } from './focus.js'
export { type PicturePixels, picturePixels } from './picture-pixels.js'
export { type ToneOptions, type ToneRule, type Tones, toneRules, toTones } from './tones.js'
