import type { Fill } from './pictures.js'
import { type AugmentStep, stepOf } from './step.js'

export interface ChanceOptions {
  /** How likely it happens to a picture, 0 … 1. Default 0.5. */
  readonly p?: number
}

export interface ShiftOptions {
  /** Pixels a picture moves at most, in each of the four directions. Either this or `share`. */
  readonly pixels?: number
  /** The same as a share of each side, below 1. */
  readonly share?: number
  /** What is seen where the picture was. Default `reflect`. */
  readonly fill?: Fill
}

export interface CropOptions {
  /** Pixels around the picture, out of which one of the old size is cut. */
  readonly padding: number
  /** What these pixels show. Default `black`. */
  readonly fill?: Fill
}

export interface RotationOptions {
  /** A picture turns by an angle of -degrees … degrees, 180 at most. */
  readonly degrees: number
  /** What is seen beside the picture. Default `reflect`. */
  readonly fill?: Fill
}

export interface WarpOptions {
  readonly range: number
  /** What is seen beside the picture. Default `reflect`. */
  readonly fill?: Fill
}

export interface ColourOptions {
  readonly range: number
}

export interface CutoutOptions {
  /** Side of the square, in pixels. */
  readonly size: number
  /** How likely a picture gets one, 0 … 1. Default 1. */
  readonly p?: number
  /** The number in it: `zero`, as the network sees it, or `black`. Default `zero`. */
  readonly fill?: 'zero' | 'black'
}

export interface MixupOptions {
  /** Shares are drawn from Beta(alpha, alpha): the larger, the more evenly pictures are mixed. Default 0.2. */
  readonly alpha?: number
}

export interface CutmixOptions {
  /** The share that stays is drawn from Beta(alpha, alpha). Default 1: any share is as likely. */
  readonly alpha?: number
  /** How likely a picture gets a part of another, 0 … 1. Default 1. */
  readonly p?: number
}

export interface RandAugmentOptions {
  /** Changes a picture gets, one after the other. Default 2. */
  readonly count?: number
  /** How strong they are, 0 … 30. Default 9. */
  readonly magnitude?: number
  /** What is seen beside a picture that moves. Default `black`. */
  readonly fill?: Fill
}

/** Mirrors left and right, each picture anew with probability `p` (Keras: RandomFlip). */
export const flip = (options: ChanceOptions = {}): AugmentStep => stepOf('flip', options)

/**
 * Mirrors a random half of the pictures in the first epoch, and from then on every picture in every other epoch: both sides are
 * seen equally often (Jordan 2024, arXiv 2404.00498).
 */
export const alternatingFlip = (): AugmentStep => stepOf('alternatingFlip', {})

/** Mirrors top and bottom, each picture anew with probability `p`. */
export const verticalFlip = (options: ChanceOptions = {}): AugmentStep => stepOf('verticalFlip', options)

/**
 * Moves a picture by whole pixels, all places as likely (Keras: RandomTranslation, which also moves by parts of pixels).
 * Neighbours in the list that move pixels become one move where their fills are the same, so that pixels are read once.
 */
export const shift = (options: ShiftOptions): AugmentStep => stepOf('shift', options)

/** Puts pixels around a picture and cuts one of its size out at a random place: a shift, whose fill is black by default. */
export const crop = (options: CropOptions): AugmentStep => stepOf('crop', options)

/** Turns a picture around its centre (Keras: RandomRotation). Pixels are read bilinearly. */
export const rotation = (options: RotationOptions): AugmentStep => stepOf('rotation', options)

/** Makes a picture 1 - range … 1 + range times as large, around its centre; `range` below 1 (Keras: RandomZoom). */
export const zoom = (options: WarpOptions): AugmentStep => stepOf('zoom', options)

/** Moves rows against each other, by -range … range pixels from one row to the next, around the centre (Keras: RandomShear). */
export const shear = (options: WarpOptions): AugmentStep => stepOf('shear', options)

/**
 * Adds one number to all pixels: -range … range of the distance from black to white (Keras: RandomBrightness). Colours are cut off at
 * what pixels can be, once behind all neighbours in the list that change them.
 */
export const brightness = (options: ColourOptions): AugmentStep => stepOf('brightness', options)

/** Makes each channel's distance from its mean over the picture 1 - range … 1 + range times as large (Keras: RandomContrast). */
export const contrast = (options: ColourOptions): AugmentStep => stepOf('contrast', options)

/** Makes colours 1 - range … 1 + range times as strong; brightness stays (torchvision: ColorJitter). For 3 channels. */
export const saturation = (options: ColourOptions): AugmentStep => stepOf('saturation', options)

/**
 * Turns the colour wheel by -range … range full turns, 0.5 at most; brightness stays. A rotation around the grey axis, so without the
 * corners of HSV. For 3 channels.
 */
export const hue = (options: ColourOptions): AugmentStep => stepOf('hue', options)

/**
 * Covers a square around a random pixel; what sticks out is cut off (DeVries & Taylor 2017, arXiv 1708.04552).
 */
export const cutout = (options: CutoutOptions): AugmentStep => stepOf('cutout', options)

/**
 * Mixes each picture with another one of its batch, and what they show in the same shares (Zhang et al. 2017, arXiv 1710.09412). Each
 * picture has a share of its own. Metrics count the class with the larger share. Needs the loss categoricalCrossentropy.
 */
export const mixup = (options: MixupOptions = {}): AugmentStep => stepOf('mixup', options)

/**
 * Pastes a rectangle of another picture of the batch into each, and mixes what they show by area (Yun et al. 2019,
 * arXiv 1905.04899). Metrics count the class with the larger share. Needs the loss categoricalCrossentropy.
 */
export const cutmix = (options: CutmixOptions = {}): AugmentStep => stepOf('cutmix', options)

/**
 * For each picture `count` of fourteen changes, drawn anew: none, shear, shift, rotation, brightness, saturation, contrast, sharpness,
 * posterize, solarize, autocontrast, equalize (Cubuk et al. 2019, arXiv 1909.13719), with the ranges of torchvision's RandAugment.
 * Shear and rotation go around the centre and are bilinear; colours are cut off after each change.
 */
export const randAugment = (options: RandAugmentOptions = {}): AugmentStep => stepOf('randAugment', options)
