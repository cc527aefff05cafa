/* distance: how far two words are apart, in letters. */
#ifndef KG_BASE_DISTANCE_H
#define KG_BASE_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

/* Longest word that is compared; longer ones are never near. */
#define KG_DISTANCE_MOST 127

/* Letters to put in, take out, change or swap with their neighbour to make `a` from `b` (Damerau 1964, in its
 * restricted form, the optimal string alignment). KG_DISTANCE_MOST when a word is longer than that. */
size_t kg_distance(const int32_t *a, size_t na, const int32_t *b, size_t nb);

#endif
