/* random: counter-based random numbers (Philox4x32-10; Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3"). A stream is named by (seed, group, replicate): the same numbers whoever draws them, in any order
 * and on any thread. Copy the struct freely; it owns nothing. */
#ifndef KG_BASE_RANDOM_H
#define KG_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct kg_random {
	uint64_t seed;
	uint32_t group, replicate;
	uint64_t block;
	uint32_t word[4];
	unsigned used;
};

struct kg_random kg_random_stream(uint64_t seed, uint32_t group, uint32_t replicate);

uint32_t kg_random_bits(struct kg_random *random);

/* Uniform in the open interval (0, 1), 53 bits. */
double kg_random_uniform(struct kg_random *random);

/* Uniform integer in [0, below), without bias (Lemire 2019, "Fast random integer generation in an interval"). */
uint32_t kg_random_below(struct kg_random *random, uint32_t below);

/* Standard normal (Box and Muller 1958). */
double kg_random_normal(struct kg_random *random);

/* Puts `count` indices into a uniformly random order (Fisher and Yates). */
void kg_random_shuffle(struct kg_random *random, uint32_t *index, size_t count);

#endif
