/* pair: two groups compared: x1 of n1 against x2 of n2, as proportions of trials or rates of a population. */
#ifndef KG_STATS_PAIR_H
#define KG_STATS_PAIR_H

#include "stats/interval.h"
#include "stats/stat.h"

struct kg_pair {
	double x1, n1, x2, n2; /* group, reference */
};

/* What two groups are compared by. */
enum kg_contrast { KG_DIFFERENCE, KG_RATIO, KG_ODDS_RATIO };

/* A sample of two rows (y, exposure: group, then reference) as a pair. `whole`: counts are part of their denominators.
 * Says no: a negative count, a denominator of 0 or below, a count above its denominator where it is a part. */
enum kg_why kg_pair_read(const struct kg_sample *sample, bool whole, struct kg_pair *pair);

/* The term of a contrast with its estimate, or KG_WHY_ZERO_BASE where the reference has none. Rates: no odds. */
struct kg_term kg_pair_term(const struct kg_pair *pair, enum kg_contrast contrast);

/* Puts a normal deviate and its two-sided p-value into a term. */
void kg_pair_note_test(struct kg_term *term, double z);

/* Deviate of the pooled test of equal proportions (the root of Pearson's chi-square); NaN where both are 0 or both 1.
 */
double kg_pair_pooled_z(const struct kg_pair *pair);

/* A contrast's score deviate at a supposed value, falling in it; `context` is the caller's. */
typedef double kg_pair_deviate(const void *context, double supposed);

/* Limits where a falling deviate passes z and -z, on the line of differences (ends `least`, `most`) or of ratios
 * (0 to infinity). An end that it never passes is the end of the line. */
struct kg_interval kg_pair_invert(kg_pair_deviate *deviate, const void *context, double z, double least, double most);
struct kg_interval kg_pair_invert_ratio(kg_pair_deviate *deviate, const void *context, double z);

/* Score limits of a contrast of proportions, at the restricted maximum likelihood estimates (Miettinen & Nurminen
 * 1985). `corrected`: variance times N / (N - 1). */
struct kg_interval kg_pair_score(const struct kg_pair *pair, enum kg_contrast contrast, bool corrected,
				 double conf_level);

/* Deviate of the same at a supposed value; for tests. */
double kg_pair_score_deviate(const struct kg_pair *pair, enum kg_contrast contrast, bool corrected, double supposed);

/* The three contrasts of a method of proportions: writes terms with score limits and the pooled test. */
size_t kg_pair_score_fit(const struct kg_sample *sample, const struct kg_params *params, bool corrected,
			 struct kg_term *out, size_t room);

#endif
