#include "stats/correlation.h"

#include <float.h>
#include <Rmath.h>
#include <string.h>

#include "stats/bootstrap.h"

/* Spread below this share of the raw sum of squares is rounding error of n products. */
static double find_rounding(size_t n)
{
	return 4 * (double)n * DBL_EPSILON;
}

static double *centre(const double *value, size_t n, long double *square, struct kg_arena *scratch)
{
	double *centred = KG_ARRAY(scratch, double, n);
	long double mean = 0;

	*square = 0;
	for (size_t i = 0; i < n; i++)
		mean += value[i];
	mean /= n;
	for (size_t i = 0; centred && i < n; i++) {
		long double d = value[i] - mean;

		centred[i] = (double)d;
		*square += d * d;
	}
	return centred;
}

void kg_pair_scale(const double *x, const double *y, struct kg_pair *pair, struct kg_arena *scratch)
{
	long double square_x, square_y;

	pair->x = centre(x, pair->n, &square_x, scratch);
	pair->y = centre(y, pair->n, &square_y, scratch);
	pair->norm = (double)(sqrtl(square_x) * sqrtl(square_y));
}

void kg_pair_test(const struct kg_pair *pair, struct kg_term *term, struct kg_arena *scratch)
{
	long double product = 0, r;

	(void)scratch;
	for (size_t i = 0; i < pair->n; i++)
		product += (long double)pair->x[i] * pair->y[i];
	r = product / pair->norm;
	r = r > 1 ? 1 : r < -1 ? -1 : r;
	term->estimate = (double)r;
	term->df = (double)pair->n - 2 - (double)pair->taken;
	if (!(term->df > 0)) {
		*term = kg_term_none(term->term, term->unit, KG_WHY_TOO_FEW);
		return;
	}
	term->std_error = (double)sqrtl(fmaxl(0, 1 - r * r - pair->explained) / term->df);
	if (term->std_error > 0)
		term->statistic = (double)r / term->std_error;
	term->p_value = term->std_error > 0 ? 2 * pt(-fabs(term->statistic), term->df, 1, 0) : 0;
}

double kg_pair_ordered(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;
	double even = 0, odd = 0; /* two chains of additions run side by side */
	size_t i = 0;

	(void)scratch;
	for (; i + 1 < pair->n; i += 2) {
		even += pair->x[i] * pair->y[order[i]];
		odd += pair->x[i + 1] * pair->y[order[i + 1]];
	}
	if (i < pair->n)
		even += pair->x[i] * pair->y[order[i]];
	return (even + odd) / pair->norm;
}

double kg_pair_counted(const double *x, const double *y, const uint32_t *count, size_t n)
{
	double sum = 0, sum_x = 0, sum_y = 0, square_x = 0, square_y = 0, product = 0, spread_x, spread_y, r;

	for (size_t i = 0; i < n; i++) {
		double weight = count[i], weighted_x = weight * x[i], weighted_y = weight * y[i];

		sum += weight;
		sum_x += weighted_x;
		sum_y += weighted_y;
		square_x += weighted_x * x[i];
		square_y += weighted_y * y[i];
		product += weighted_x * y[i];
	}
	spread_x = square_x - sum_x * sum_x / sum;
	spread_y = square_y - sum_y * sum_y / sum;
	if (!(spread_x > find_rounding(n) * square_x) || !(spread_y > find_rounding(n) * square_y))
		return NAN;
	r = (product - sum_x * sum_y / sum) / sqrt(spread_x * spread_y);
	return fmax(-1, fmin(1, r));
}

static void set_z_limits(const struct kg_correlation *kind, bool bonett, double level, const struct kg_pair *pair,
			 struct kg_term *term)
{
	double half = qnorm(0.5 + level / 2, 0, 1, 1, 0) * sqrt(kind->z_variance(pair, term->estimate, bonett));

	if (isnan(half))
		return;
	term->conf_low = tanh(atanh(term->estimate) - half);
	term->conf_high = tanh(atanh(term->estimate) + half);
}

static void set_bootstrap_limits(const struct kg_resampled *statistic, const struct kg_resampling *how,
				 const struct kg_params *params, struct kg_term *term)
{
	bool percentile = strcmp(params->interval, "percentile") == 0;
	struct kg_bootstrap_plan plan = { statistic, how, term->estimate,
					  percentile ? KG_BOOTSTRAP_PERCENTILE : KG_BOOTSTRAP_BCA, params->conf_level, NAN };
	struct kg_bootstrap interval = { NAN, NAN, NAN, 0 };

	if (!kg_bootstrap_interval(&plan, &interval))
		return;
	term->conf_low = interval.low;
	term->conf_high = interval.high;
	term->std_error = interval.std_error;
}

static void set_interval(const struct kg_correlation *kind, const struct kg_resampled *statistic,
			 const struct kg_resampling *how, const struct kg_params *params, struct kg_term *term)
{
	const char *interval = params->interval;

	if (interval && (strcmp(interval, "bootstrap") == 0 || strcmp(interval, "percentile") == 0)) {
		set_bootstrap_limits(statistic, how, params, term);
		return;
	}
	set_z_limits(kind, interval ? strcmp(interval, "bonett-wright") == 0 : kind->bonett_first, params->conf_level,
		     statistic->data, term);
}

static void set_permutation_p(const struct kg_resampled *statistic, struct kg_resampling how,
			      const struct kg_params *params, const struct kg_pair *pair, struct kg_term *term)
{
	how.replicates = params->permutations;
	term->df = NAN;
	term->p_value = kg_permutation_test(statistic, &how, pair->by_y.code, term->estimate, find_rounding(pair->n)).p;
}

size_t kg_correlation_fit(const struct kg_correlation *kind, const struct kg_sample *sample,
			  const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out)
{
	const struct kg_correlation_own *own = params->own;
	struct kg_pair pair = { .n = sample->n,
				.sample = sample,
				.by_x = kg_order_make(sample->x, sample->n, scratch),
				.by_y = kg_order_make(sample->y, sample->n, scratch) };
	struct kg_resampled statistic = { &pair, kind->counted, kind->ordered };
	struct kg_resampling how = { .seed = params->seed,
				     .stream = params->stream,
				     .replicates = params->replicates,
				     .threads = params->threads,
				     .block = own ? own->block : 0 };

	*out = kg_term_new("r", NULL);
	if (pair.by_x.ndistinct < 2 || pair.by_y.ndistinct < 2) {
		out->why = KG_WHY_NO_SPREAD;
		return 1;
	}
	kind->prepare(sample, &pair, scratch);
	how.strata = kg_strata_make(sample->stratum, sample->n, scratch);
	if (how.replicates == 0)
		how.replicates = KG_BOOTSTRAP_REPLICATES;
	if (kg_arena_failed(scratch))
		return 0;
	if (!(pair.norm > 0)) {
		out->why = KG_WHY_COLLINEAR;
		return 1;
	}
	kind->test(&pair, out, scratch);
	if (out->why != KG_WHY_NONE)
		return 1;
	set_interval(kind, &statistic, &how, params, out);
	if (params->permutations)
		set_permutation_p(&statistic, how, params, &pair, out);
	return 1;
}
