/** Every number the verdicts on a history turn on, with its reason. */

/** Median and mean of this many epochs take single spikes out, and move a minimum by at most two epochs. */
export const smoothingWidth = 3

/** Minima that differ by less than a quarter of a standard error are the same minimum: the earliest counts. */
export const tieErrors = 0.25

/** A rise must last for a tenth of the training, and at least 3 epochs: fewer are noise however long training was. */
export const windowShare = 0.1
export const shortestWindow = 3

/** Most of the last epochs must lie above the lowest loss by the margin: one dip does not hide what all others show. */
export const shareAbove = 0.8

/** The margin: 1 % of the loss, below which nobody would act, … */
export const relativeMargin = 0.01
/** … or twice its standard error, which chance passes once in forty times, whichever is more. */
export const marginErrors = 2

/** z of the paired test: chance alone passes 3 once in 700 times. */
export const significantZ = 3

/** Generalisation loss in per cent (Prechelt 1998) from which a rise is called mild, clear, severe. */
export const strengths = { mild: 2, clear: 10, severe: 50 } as const

/** Patience of early stopping where none is given: between the 3 and 6 rises that Prechelt found the best trade. */
export const defaultPatience = 5

/** A loss within 1 % of what guessing costs has not begun to fall. */
export const guessingMargin = 0.01

/** An accuracy within two standard errors of always naming the largest class knows no more than that. */
export const majorityErrors = 2

/** The first epoch's loss is a mean over weights that have only begun to move: two epochs at least. */
export const epochsToLearn = 2

/** The direction of a random walk turns half the time, that of white noise two thirds: more than 60 % is no descent. */
export const turningShare = 0.6
/** … and the steps must be worth it: 10 % of the loss, and of all it has moved through. */
export const swing = 0.1
/** First weights guess: a mean of twice that over an epoch means that the loss has risen within it. */
export const explodedLoss = 2
/** With fewer epochs the share of turns says nothing. */
export const epochsToOscillate = 5

/** A loss that changes by more than 1 % an epoch is still on its way; by less, it is flat. */
export const movingSlope = 0.01
/** Validation and training loss that differ by less than 5 % are the same to the eye. */
export const smallGap = 0.05

/** A loss below 1 % of what guessing costs has nowhere left to go, however steep it looks beside itself. */
export const finishedLoss = 0.01

/** A loss above half of what guessing costs is high; above 95 % of it, nothing was learned, whatever the size. */
export const highLoss = 0.5
export const learnedLoss = 0.95

/** The last slope against the average since the beginning: a curve this straight was slow from the start. */
export const straight = 0.8

/** Twice the training loss from the first epoch on: too early to be memorised. */
export const mismatchFactor = 2

/** Fewer shared pictures move a curve by less than what can be read off it; more than a tenth bend all of it. */
export const sharedShare = { noted: 0.01, spoils: 0.1 } as const

/** A layer with more than half of the parameters is where a network keeps what it memorises. */
export const mostParameters = 0.5

/** Half the accuracy of guessing is worse than knowing nothing, if training itself is at twice that of guessing. */
export const belowGuessing = 0.5
export const aboveGuessing = 2

/** A standard error of one percentage point: differences below two points cannot be told from chance. */
export const coarseError = 0.01

/** More than 60 % of the answers are one class … */
export const collapseShare = 0.6
/** … and half as much again as there is of it: where a class is common, naming it often is right. */
export const collapseFactor = 1.5
