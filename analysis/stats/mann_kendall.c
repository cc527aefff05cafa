#include "stats/trend.h"

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const double *y = kg_trend_values(sample, scratch);
	struct kg_trend_score score;

	if (!y || room < 2)
		return 0;
	score = kg_trend_score(y, sample->n, scratch);
	return kg_trend_report(&score, score.variance, params, true, scratch, out);
}

const struct kg_stat kg_stat_mann_kendall = {
	.program = "trend",
	.id = "mann-kendall",
	.title = "Mann-Kendall test for monotone trend",
	.formula = "S = sum over i < j of sign(x[j] - x[i]); Var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18 over "
		   "groups of t ties; "
		   "z = (S -+ 1) / sqrt(Var S); tau-b = S / sqrt(n0 (n0 - ties)), n0 = n(n-1)/2",
	.source = "Mann (1945), Econometrica 13: 245-259; Kendall (1975), Rank Correlation Methods, 4th ed.; exact: "
		  "Best & Gipps "
		  "(1974), Applied Statistics 23, AS 71",
	.assumes =
	    "Values are independent given the trend. The p of the row tau is exact where there are no ties and fewer "
	    "than 50 "
	    "values; otherwise, and in the row s always, it is normal with the continuity correction. A series break "
	    "starts a new series.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling",
	.agrees = "R Kendall::MannKendall, trend::mk.test; Python pymannkendall.original_test",
	.needs = KG_NEEDS_Y,
	.min_n = 3,
	.fit = fit,
	.terms_most = 2,
};
