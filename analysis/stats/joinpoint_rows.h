/* joinpoint_rows: rows of a linear model with weights and autocorrelated errors, made independent and of equal variance
 * (Prais & Winsten 1954): row t of a column f becomes now[t] f[t] - before[t] f[t - 1]. Pure numbers; everything lives
 * in the arena it was made in. */
#ifndef KG_STATS_JOINPOINT_ROWS_H
#define KG_STATS_JOINPOINT_ROWS_H

#include "stats/joinpoint.h"

struct kg_whitening {
	size_t n;
	double *now, *before; /* before[0] = 0 */
	double log_scale;     /* logarithm of the determinant that autocorrelation adds */
};

/* Of errors whose correlation at a distance of d periods is points->autocorrelation^d. False when memory is out. */
bool kg_whitening_make(const struct kg_points *points, struct kg_arena *scratch, struct kg_whitening *whitening);

/* Row t of a column. */
static inline double kg_whitening_row(const struct kg_whitening *whitening, const double *column, size_t t)
{
	return whitening->now[t] * column[t] - (t ? whitening->before[t] * column[t - 1] : 0);
}

/* A column's rows, and the column back from them; `out` may not be `in`. */
void kg_whitening_apply(const struct kg_whitening *whitening, const double *in, double *out);
void kg_whitening_undo(const struct kg_whitening *whitening, const double *in, double *out);

#endif
