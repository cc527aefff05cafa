/* fourfold: counts of a 0/1 outcome by a two-valued exposure, whole or by stratum. */
#ifndef KG_STATS_FOURFOLD_H
#define KG_STATS_FOURFOLD_H

#include "stats/stat.h"

/* a: exposed with the outcome, b: exposed without, c: not exposed with, d: not exposed without. */
struct kg_fourfold {
	double a, b, c, d;
};

/* One table per stratum (all rows in one where sample->stratum is NULL). In: sample->x with two values, the larger is
 * "exposed"; sample->y 0/1, or successes of sample->exposure trials. NULL when memory is out; *count tables. */
struct kg_fourfold *kg_fourfold_count(const struct kg_sample *sample, size_t *count, struct kg_arena *scratch);

/* KG_WHY_NOT_BINARY, KG_WHY_NO_SPREAD or KG_WHY_CONSTANT_OUTCOME where no table can be made of the sample. */
enum kg_why kg_fourfold_why(const struct kg_sample *sample);

/* Two-sided p of Fisher's exact test: tables with the same margins that are no more likely than this one; `mid`: the
 * ones just as likely count half. */
double kg_fourfold_exact_p(const struct kg_fourfold *table, bool mid);

static inline double kg_fourfold_total(const struct kg_fourfold *table)
{
	return table->a + table->b + table->c + table->d;
}

#endif
