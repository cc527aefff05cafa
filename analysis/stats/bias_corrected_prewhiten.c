#include "stats/linear.h"
#include "stats/trend.h"

/* Coefficient of the value before, in the regression of each value on 1, time and the value before; 0 where the values
 * are a straight line. NaN when memory is out. */
static double regress_on_last(const double *y, size_t n, struct kg_arena *scratch)
{
	static const char *const name[] = { "(Intercept)", "time", "last" };
	double *x = KG_ARRAY(scratch, double, 3 * (n - 1));
	const struct kg_design design = { .n = n - 1, .p = 3, .x = x, .name = name, .intercept = true };
	const struct kg_linear *linear;

	for (size_t i = 0; x && i + 1 < n; i++) {
		x[i] = 1;
		x[n - 1 + i] = (double)i;
		x[2 * (n - 1) + i] = y[i];
	}
	linear = x ? kg_linear_fit(&design, y + 1, NULL, scratch) : NULL;
	return linear ? linear->coefficient[2] : NAN;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	double n = (double)sample->n, *white = KG_ARRAY(scratch, double, sample->n), r;
	struct kg_trend_score score;

	if (!y || !white || room < 2)
		return 0;
	r = regress_on_last(y, sample->n, scratch);
	r = r == 0 ? 0 : (n * r + 2) / (n - 4);
	if (fabs(r) >= 1) {
		out[0] = kg_term_none("tau", "tau-b", KG_WHY_UNIT_ROOT);
		out[1] = kg_term_none("s", "", KG_WHY_UNIT_ROOT);
		return 2;
	}
	for (size_t i = 1; i < sample->n; i++)
		white[i - 1] = y[i] - r * y[i - 1];
	score = kg_trend_score(white, sample->n - 1, scratch);
	return kg_trend_report(&score, score.variance, params, false, scratch, out);
}

const struct kg_stat kg_stat_bias_corrected_prewhiten = {
	.program = "trend",
	.id = "bias-corrected-prewhiten",
	.title = "Mann-Kendall test after bias-corrected prewhitening",
	.formula =
	    "r by least squares of x[i] on 1, i and x[i-1] together, so that the trend does not enter it; r* = (n r + "
	    "2) / (n - 4); the test on x[i] - r* x[i-1]",
	.source = "Hamed (2009), Journal of Hydrology 368: 143-155",
	.assumes =
	    "First-order autoregressive errors about a straight trend. Remaining values are taken as consecutive. "
	    "Where r* is 1 or more a trend cannot be told from a random walk, and there is no test.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "R modifiedmk::bcpw",
	.needs = KG_NEEDS_Y,
	.min_n = 6,
	.fit = fit,
	.terms_most = 2,
};
