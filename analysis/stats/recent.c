#include <Rmath.h>
#include <string.h>

#include "stats/trend.h"

/* The last points that are tested. */
#define POINTS 5

/* Slope over time and the chi-square of no slope. */
struct slope {
	double slope, chi_square;
};

/* Counts in populations: a proportion, or a rate where counts exceed the population. */
static struct slope test_counts(const double *count, const double *population, const double *x)
{
	long double people = 0, events = 0, times = 0, squares = 0, score = 0, spread, share, variance;
	bool proportion = true;

	for (size_t i = 0; i < POINTS; i++) {
		people += population[i];
		events += count[i];
		times += population[i] * (x[i] - x[0]);
		squares += population[i] * (x[i] - x[0]) * (x[i] - x[0]);
		proportion &= count[i] <= population[i];
	}
	share = events / people;
	for (size_t i = 0; i < POINTS; i++)
		score += (x[i] - x[0]) * (count[i] - population[i] * share);
	spread = squares - times * times / people;
	variance = spread * share * (proportion ? 1 - share : 1);
	return (struct slope){ (double)(score / spread), (double)(score * score / variance) };
}

static struct slope test_values(const double *y, const double *std_error, const double *x)
{
	long double total = 0, mean = 0, spread = 0, score = 0;

	for (size_t i = 0; i < POINTS; i++) {
		total += 1.0L / std_error[i] / std_error[i];
		mean += x[i] / (long double)std_error[i] / std_error[i];
	}
	mean /= total;
	for (size_t i = 0; i < POINTS; i++) {
		long double weight = 1.0L / std_error[i] / std_error[i];

		spread += weight * (x[i] - mean) * (x[i] - mean);
		score += weight * (x[i] - mean) * y[i];
	}
	return (struct slope){ (double)(score / spread), (double)(score * score / spread) };
}

static enum kg_why refuse(const struct kg_sample *sample, const struct kg_params *params)
{
	const struct kg_trend_options *own = params->own;
	const size_t first = sample->n - POINTS;

	if (strcmp(params->period_noun, "year") != 0)
		return KG_WHY_NOT_ANNUAL;
	if (sample->period[sample->n - 1] - sample->period[first] != POINTS - 1)
		return KG_WHY_GAP;
	if (!sample->exposure && !own->std_error)
		return KG_WHY_NO_UNCERTAINTY;
	for (size_t i = first; i < sample->n; i++) {
		if (sample->exposure && (sample->y[i] < 0 || sample->y[i] != nearbyint(sample->y[i])))
			return KG_WHY_NOT_A_COUNT;
		if (!sample->exposure && !(own->std_error[i] > 0))
			return KG_WHY_NO_UNCERTAINTY;
	}
	return KG_WHY_NONE;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	size_t first = sample->n - POINTS;
	struct slope found;

	(void)scratch;
	if (!room)
		return 0;
	out[0] = kg_term_new("trend", "per year");
	out[0].n = POINTS;
	out[0].why = refuse(sample, params);
	if (out[0].why != KG_WHY_NONE)
		return 1;
	found = sample->exposure ? test_counts(sample->y + first, sample->exposure + first, sample->x + first)
				 : test_values(sample->y + first, own->std_error + first, sample->x + first);
	if (!isfinite(found.chi_square) || !isfinite(found.slope)) {
		out[0].why = isinf(found.slope) ? KG_WHY_OVERFLOW : KG_WHY_NO_SPREAD;
		return 1;
	}
	out[0].estimate = found.slope;
	out[0].statistic = found.chi_square;
	out[0].df = 1;
	out[0].p_value = pchisq(found.chi_square, 1, 0, 0);
	return 1;
}

const struct kg_stat kg_stat_recent = {
	.program = "trend",
	.id = "recent",
	.title = "Recent-trend marker over the last five years",
	.formula = "chi-square for linear trend with 1 degree of freedom: counts x in populations n: (sum t(x - n "
		   "p))^2 / (p(1-p) (sum n "
		   "t^2 - (sum n t)^2 / N)), without 1-p where a count exceeds its population; values with standard "
		   "errors: weighted "
		   "slope squared over its variance",
	.source = "Office for Health Improvement and Disparities, Fingertips public health technical guidance: trend "
		  "markers; Armitage "
		  "(1955), Biometrics 11: 375-386",
	.assumes = "Five consecutive annual values that do not overlap, no series break among them, and --population "
		   "or --std-error; "
		   "otherwise the marker says `not tested` and why.",
	.unit = "up, down or none",
	.agrees = "R prop.trend.test on five counts",
	.needs = KG_NEEDS_Y | KG_NEEDS_X | KG_NEEDS_PERIOD,
	.min_n = POINTS,
	.fit = fit,
	.terms_most = 1,
};
