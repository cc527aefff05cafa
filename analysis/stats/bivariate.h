/* bivariate: two values per place, and what is left of their association when neighbours are exchanged. */
#ifndef KG_STATS_BIVARIATE_H
#define KG_STATS_BIVARIATE_H

#include "stats/weights.h"

struct kg_bivariate {
	const struct kg_weights *weights;
	const double *x, *y; /* centred: sample->y is x here, sample->x is y */
	double norm;	     /* root of the product of their sums of squares; 0 = one has no spread */
	double r;	     /* Pearson's correlation in the same places */
	double expected;     /* of the statistic when pairs move over places together */
	/* The statistic when the pair order[i] stands in place i; NULL = as they stand. */
	double (*find)(const struct kg_bivariate *of, const uint32_t *order);
};

/* Centres both values. False: memory is out. */
bool kg_bivariate_start(struct kg_bivariate *of, const struct kg_sample *sample, const struct kg_params *params,
			struct kg_arena *scratch);

/* The terms `name`, expected, pearson. */
size_t kg_bivariate_fit(struct kg_bivariate *of, const char *name, const struct kg_sample *sample,
			const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out);

#endif
