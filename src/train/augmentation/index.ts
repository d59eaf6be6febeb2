export { type ApplyOptions, apply } from './apply.js'
export { parseAugmentation } from './parse.js'
export type { Fill } from './pictures.js'
export { type AugmentName, augmentNames } from './registry.js'
export { type AugmentStep, augmentationFromConfig } from './step.js'
export {
  alternatingFlip,
  brightness,
  type ChanceOptions,
  type ColourOptions,
  type CropOptions,
  type CutmixOptions,
  type CutoutOptions,
  contrast,
  crop,
  cutmix,
  cutout,
  flip,
  hue,
  type MixupOptions,
  mixup,
  type RandAugmentOptions,
  type RotationOptions,
  randAugment,
  rotation,
  type ShiftOptions,
  saturation,
  shear,
  shift,
  verticalFlip,
  type WarpOptions,
  zoom,
} from './steps.js'
