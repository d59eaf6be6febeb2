/**
 * What becomes of a picture whose proportions are not those asked for: `crop`, the largest part in its middle that has
 * them; `pad`, the whole picture in the middle of a black frame; `stretch`, the whole picture, its proportions not kept
 * (as Keras' `target_size`).
 */
export const pictureFits = ['crop', 'pad', 'stretch'] as const
export type PictureFit = (typeof pictureFits)[number]
