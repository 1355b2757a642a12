/**
 * Reasons offered with the two low answers; keys of the catalogue under `reason.`. In a file of their own: a page that imported them
 * beside a schema would carry the schema library, whose probe for `eval` breaks the page's policy.
 */
export const ratingReasons = ['slow', 'attitude', 'unclear', 'extra-papers', 'facilities', 'wrong-info'] as const
