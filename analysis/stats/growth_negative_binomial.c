#include "stats/growth_count.h"

#include <math.h>

#include "stats/growth.h"
#include "stats/open_range.h"

/* The fit at other counts and, where they have ranges, populations, which follow the counts. */
struct refit {
	const struct kg_sample *sample;
	const struct kg_params *params;
	struct kg_arena *scratch;
	bool exposure;
};

static double find_growth(const void *data, const double *number)
{
	const struct refit *of = data;
	struct kg_arena_mark mark = kg_arena_mark(of->scratch);
	struct kg_sample sample = *of->sample;
	struct kg_term term[KG_GROWTH_COUNT_TERMS];
	size_t count;

	sample.y = number;
	if (of->exposure)
		sample.exposure = number + sample.n;
	count =
	    kg_growth_count(KG_COUNT_NEGATIVE_BINOMIAL, &sample, of->params, of->scratch, term, KG_GROWTH_COUNT_TERMS);
	kg_arena_rewind(of->scratch, mark);
	return count && term[0].why != KG_WHY_NOT_CONVERGED ? term[0].estimate : NAN;
}

static bool is_bounded(const double *low, const double *high, size_t n)
{
	for (size_t i = 0; low && i < n; i++)
		if (low[i] < high[i])
			return true;
	return false;
}

/* The growth is no monotone function of the counts, since theta is estimated from them too: its range is searched. */
static void find_range(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *term)
{
	const struct kg_growth *own = params->own;
	bool exposure = own && sample->exposure && is_bounded(own->exposure_low, own->exposure_high, sample->n);
	const struct refit of = { sample, params, scratch, exposure };
	struct kg_range_block block[2] = { { .n = sample->n, .stated = sample->y, .domain = KG_RANGE_AMOUNTS },
					   { .n = sample->n, .stated = sample->exposure, .domain = KG_RANGE_AMOUNTS } };
	struct kg_box_range range;

	if (!own || isnan(term->estimate) || (!exposure && !is_bounded(own->low, own->high, sample->n)))
		return;
	block[0].low = own->low ? own->low : sample->y;
	block[0].high = own->high ? own->high : sample->y;
	block[1].low = own->exposure_low;
	block[1].high = own->exposure_high;
	range = kg_open_range_find(block, exposure ? 2 : 1, find_growth, &of, scratch);
	term->bound_low = fmin(range.low, term->estimate);
	term->bound_high = fmax(range.high, term->estimate);
	term->why = KG_WHY_BOUND;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	size_t count = kg_growth_count(KG_COUNT_NEGATIVE_BINOMIAL, sample, params, scratch, out, room);

	if (count)
		find_range(sample, params, scratch, &out[0]);
	return count;
}

const struct kg_stat kg_stat_growth_negative_binomial = {
	.program = "growth",
	.id = "negative-binomial",
	.title = "Annual percent change of counts by negative binomial regression",
	.formula =
	    "ln E(x[t]) = a + b t + ln(population), variance m + m^2 / theta (NB2), by maximum likelihood; APC "
	    "= 100 (exp(b) - 1), limits from b with t(n-2); standard errors times the square root of the dispersion = "
	    "Pearson chi-squared / (n - 2) where that is above 1",
	.source =
	    "Lawless (1987), Canadian Journal of Statistics 15: 209-225; Venables & Ripley (2002), Modern "
	    "Applied Statistics with S; McCullagh & Nelder (1989), Generalized Linear Models, section 9.2 (dispersion)",
	.assumes = "Whole counts, zeros allowed, variance rising with the square of the mean. Eight periods or "
		   "more: with fewer, limits are too narrow; those of theta need about 40. theta is estimated from the "
		   "same counts, which the "
		   "dispersion and "
		   "t make up for; regress leaves that out, as R does. Where theta is infinite the fit is that of "
		   "poisson. The intercept is the logarithm at year 0. A series break starts a new series. "
		   "Bounds give the range of the APC that a bounded search finds.",
	.unit = "apc: % per year; theta: dispersion parameter",
	.agrees = "R MASS::glm.nb(x ~ t + offset(log(n))) in estimates and theta; its standard errors are not widened",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 3,
	.fit = fit,
	.terms_most = KG_GROWTH_COUNT_TERMS,
};
