#include "stats/coefficient.h"

#include <Rmath.h>
#include <string.h>

/* A pivot of a covariance matrix this small beside its diagonal entry is rounding: the matrix is singular. */
#define SINGULAR_PIVOT 1e-12L

struct kg_term kg_coefficient_term(const char *name, double estimate, double std_error, double df, double conf_level)
{
	struct kg_term term = kg_term_new(name, NULL);
	double reach = std_error * qt((1 - conf_level) / 2, df, 0, 0);

	term.estimate = estimate;
	term.std_error = std_error;
	term.conf_low = estimate - reach;
	term.conf_high = estimate + reach;
	term.df = isinf(df) ? NAN : df;
	if (std_error > 0) {
		term.statistic = estimate / std_error;
		term.p_value = 2 * pt(-fabs(term.statistic), df, 1, 0);
	}
	return term;
}

/* Row of `column` in the covariance; rank when it is collinear. */
static size_t find_column(const struct kg_qr *qr, size_t column)
{
	size_t k = 0;

	while (k < qr->rank && qr->column[k] != column)
		k++;
	return k;
}

/* An estimate or a variance that is no double any more: too large, or 0 although there are residuals. */
static bool is_out_of_range(const struct kg_coefficients *from, size_t j, double variance)
{
	return !isfinite(from->estimate[j]) || isinf(variance) ||
	       (variance == 0 && from->classical && from->note != KG_WHY_EXACT_FIT);
}

static struct kg_term make_term(const struct kg_coefficients *from, size_t j)
{
	const char *name = from->design->name[j];
	size_t k = find_column(from->qr, j);
	bool few = from->clusters && from->clusters < KG_ENOUGH_CLUSTERS;
	struct kg_term term = kg_term_new(name, NULL);
	double variance;

	if (k == from->qr->rank)
		return kg_term_none(name, NULL, KG_WHY_COLLINEAR);
	if (from->infinite && from->infinite[j])
		return kg_term_none(name, NULL, KG_WHY_SEPARATION);
	variance = from->covariance && from->df >= 1 ? from->covariance[k * from->qr->rank + k] : NAN;
	if (is_out_of_range(from, j, variance)) {
		term.why = KG_WHY_OVERFLOW;
		term.estimate = isfinite(from->estimate[j]) ? from->estimate[j] : NAN;
	} else if (variance >= 0) {
		term = kg_coefficient_term(name, from->estimate[j], sqrt(variance), from->df, from->conf_level);
		term.why = few && from->note == KG_WHY_NONE ? KG_WHY_FEW_CLUSTERS : from->note;
	} else {
		term.estimate = from->estimate[j];
		term.why = few ? KG_WHY_FEW_CLUSTERS : KG_WHY_TOO_FEW;
		if (from->note != KG_WHY_NONE && from->df >= 1)
			term.why = from->note;
	}
	return term;
}

size_t kg_coefficient_terms(const struct kg_coefficients *from, struct kg_term *out)
{
	for (size_t j = 0; j < from->design->p; j++)
		out[j] = make_term(from, j);
	return from->design->p;
}

/* Cholesky factor in place, lower triangle. False: singular. */
static bool factor_lower(long double *a, size_t m)
{
	for (size_t j = 0; j < m; j++) {
		long double diagonal = a[j * m + j];

		for (size_t i = 0; i < j; i++)
			a[j * m + j] -= a[j * m + i] * a[j * m + i];
		if (!(a[j * m + j] > SINGULAR_PIVOT * diagonal))
			return false;
		a[j * m + j] = sqrtl(a[j * m + j]);
		for (size_t r = j + 1; r < m; r++) {
			for (size_t i = 0; i < j; i++)
				a[r * m + j] -= a[r * m + i] * a[j * m + i];
			a[r * m + j] /= a[j * m + j];
		}
	}
	return true;
}

double kg_coefficient_wald(const struct kg_coefficients *from, struct kg_arena *scratch, size_t *tested)
{
	size_t rank = from->qr->rank, m = 0, *kept = KG_ARRAY(scratch, size_t, rank);
	long double *v = KG_ARRAY(scratch, long double, rank *rank), sum = 0, *z = KG_ARRAY(scratch, long double, rank);

	*tested = 0;
	if (!v || !kept || !z || !from->covariance)
		return NAN;
	for (size_t k = 0; k < rank; k++)
		if (!from->design->intercept || strcmp(from->design->name[from->qr->column[k]], "(Intercept)") != 0)
			kept[m++] = k;
	*tested = m;
	for (size_t a = 0; a < m; a++)
		for (size_t b = 0; b < m; b++)
			v[a * m + b] = from->covariance[kept[a] * rank + kept[b]];
	if (m == 0 || !factor_lower(v, m))
		return NAN;
	for (size_t a = 0; a < m; a++) {
		z[a] = from->estimate[from->qr->column[kept[a]]];
		for (size_t b = 0; b < a; b++)
			z[a] -= v[a * m + b] * z[b];
		z[a] /= v[a * m + a];
		sum += z[a] * z[a];
	}
	return (double)sum;
}
