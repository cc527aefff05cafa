#include <Rmath.h>

#include "stats/moments.h"
#include "stats/trend.h"

/* Limits at the ranks (N -+ z sqrt(Var S)) / 2 of the N sorted slopes. */
static void limit_slope(const struct kg_trend_slopes *slopes, double variance, double conf_level, struct kg_term *term)
{
	double reach = qnorm(0.5 + conf_level / 2, 0, 1, 1, 0) * sqrt(variance);
	double count = (double)slopes->count;
	double low = nearbyint((count - reach) / 2), high = nearbyint((count + reach) / 2) + 1;

	if (low >= 1)
		term->conf_low = kg_trend_slopes_at(slopes, (size_t)low - 1);
	if (high <= count)
		term->conf_high = kg_trend_slopes_at(slopes, (size_t)high - 1);
}

static double median_of(const double *value, size_t n, double *room)
{
	for (size_t i = 0; i < n; i++)
		room[i] = value[i];
	return kg_trend_median(room, n);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	const double *y = kg_trend_values(sample, scratch);
	size_t n = sample->n;
	double *copy = KG_ARRAY(scratch, double, n), *rest;
	struct kg_trend_slopes slopes;

	if (!y || !copy || room < 3)
		return 0;
	slopes = kg_trend_slopes_make(sample->x, y, n, scratch);
	out[0] = kg_term_new("slope", own->unit);
	out[1] = kg_term_new("intercept", "");
	out[2] = kg_term_new("intercept_joint", "");
	out[0].estimate = kg_trend_slopes_median(&slopes);
	limit_slope(&slopes, kg_trend_score(y, n, scratch).variance, params->conf_level, &out[0]);
	out[0].why = !kg_has_spread(y, n)				 ? KG_WHY_NO_SPREAD
		     : isnan(out[0].conf_low) && isnan(out[0].conf_high) ? KG_WHY_NEVER_SIGNIFICANT
									 : KG_WHY_NONE;
	out[1].estimate = median_of(y, n, copy) - out[0].estimate * median_of(sample->x, n, copy);
	rest = KG_ARRAY(scratch, double, n);
	if (!rest)
		return 0;
	for (size_t i = 0; i < n; i++)
		rest[i] = y[i] - out[0].estimate * sample->x[i];
	out[2].estimate = kg_trend_median(rest, n);
	for (size_t k = 0; k < 3; k++)
		if (!isfinite(out[k].estimate))
			out[k] = kg_term_none(out[k].term, out[k].unit, KG_WHY_OVERFLOW);
	return 3;
}

const struct kg_stat kg_stat_theil_sen = {
	.program = "trend",
	.id = "theil-sen",
	.title = "Theil-Sen slope",
	.formula = "b = median of (x[j] - x[i]) / (t[j] - t[i]) over all pairs, t the true time in years; limits: the "
		   "slopes of rank "
		   "round((N - C) / 2) and round((N + C) / 2) + 1 of the N slopes, C = z sqrt(Var S); intercept = "
		   "median(x) - b "
		   "median(t), intercept_joint = median(x - b t), both at year 0",
	.source =
	    "Theil (1950), Proc. KNAW 53; Sen (1968), Journal of the American Statistical Association 63: 1379-1389",
	.assumes = "Values are independent given the trend. With fewer than ten values the interval is wider than it "
		   "says, and a limit is empty where no "
		   "slope is left at its rank. A "
		   "series break starts a new series.",
	.unit = "unit of the value per year",
	.agrees = "R trend::sens.slope; Python scipy.stats.theilslopes",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 2,
	.fit = fit,
	.terms_most = 3,
};
