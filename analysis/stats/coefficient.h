/* coefficient: the rows of a fitted model's coefficients, with tests and limits. Pure numbers; inputs are borrowed. */
#ifndef KG_STATS_COEFFICIENT_H
#define KG_STATS_COEFFICIENT_H

#include "stats/qr.h"
#include "stats/stat.h"

/* Below about this many clusters their covariance is too small (Cameron, Gelbach & Miller 2008). */
#define KG_ENOUGH_CLUSTERS 40

struct kg_coefficients {
	const struct kg_design *design;
	const struct kg_qr *qr;
	const double *estimate;	  /* p */
	const bool *infinite;	  /* p; NULL = none */
	const double *covariance; /* rank x rank, of qr->column; NULL = not defined */
	double conf_level;
	double df;	  /* of t; infinite = normal, NaN or less than 1 = no standard errors */
	enum kg_why note; /* of every usable coefficient */
	size_t clusters;  /* 0 = none; few are noted */
	bool classical;	  /* covariance: a variance of 0 is then one that underflowed */
};

/* One row for an estimate with a standard error; limits and p-value by t(df), infinite = normal (column df empty).
 * A standard error of 0 has no test. */
struct kg_term kg_coefficient_term(const char *name, double estimate, double std_error, double df, double conf_level);

/* One row per column of the design, in its order; returns how many: collinear and infinite ones say why there is no
 * estimate. `out` has room for p. */
size_t kg_coefficient_terms(const struct kg_coefficients *from, struct kg_term *out);

/* Test that all coefficients but the intercept are zero with the covariance given: the Wald statistic b'V^-1 b, and in
 * `tested` their number. NaN when there is none or V is singular (fewer clusters than coefficients). */
double kg_coefficient_wald(const struct kg_coefficients *from, struct kg_arena *scratch, size_t *tested);

#endif
