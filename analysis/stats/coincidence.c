#include "stats/stat.h"

const struct kg_stat kg_stat_coincidence = {
	.program = "joinpoint-pair",
	.id = "coincidence",
	.title = "Do two series follow one joinpoint model?",
	.formula = "F = ((Q0 - Q1) / (2K + 2)) / (Q1 / (n - 4K - 4)); Q0: one model with its levels for both, Q1: two "
		   "models of their own, all with K "
		   "joinpoints, the largest of the numbers chosen for each alone and for both together; p = (draws "
		   "with at least that F + 1) / (draws + 1), residuals of Q0 permuted over both series",
	.source =
	    "Kim, Fay, Yu, Barrett & Feuer (2004), Biometrics 60: 1005-1014; National Cancer Institute, Joinpoint "
	    "Help: pairwise comparison",
	.assumes = "Independent errors of equal variance in both series, or variances as given by --std-error. levels "
		   "and slopes "
		   "equal under the hypothesis. 4,499 draws. Not with --autocorrelation or --jump",
	.agrees = "the same sums of squares by trying every placement, level and shift",
	.unit = "the F statistic has no estimate beside it but, for parallelism, the shift of the level",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 4,
	.terms_most = 1,
};
