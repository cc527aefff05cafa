#include <Rmath.h>

#include "stats/auc.h"
#include "stats/order.h"
#include "stats/stat.h"

static size_t fit_auc(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		      struct kg_term *out, size_t room)
{
	struct kg_auc auc;
	struct kg_interval limits;

	(void)room;
	out[0] = kg_term_none("auc", NULL, KG_WHY_NOT_BINARY);
	if (sample->exposure)
		return 1;
	auc = kg_auc_estimate(sample->x, sample->y, sample->n, scratch);
	limits = kg_auc_limits(auc, params->conf_level);
	out[0].why = isnan(auc.estimate) ? KG_WHY_CONSTANT_OUTCOME : KG_WHY_NONE;
	if (kg_order_make(sample->x, sample->n, scratch).ndistinct == 1) {
		out[0].why = KG_WHY_NO_SPREAD;
		return 1;
	}
	out[0].estimate = auc.estimate;
	out[0].std_error = auc.std_error;
	out[0].conf_low = limits.low;
	out[0].conf_high = limits.high;
	if (!(auc.std_error > 0))
		return 1;
	out[0].statistic = (auc.estimate - 0.5) / auc.std_error;
	out[0].p_value = 2 * pnorm(-fabs(out[0].statistic), 0, 1, 1, 0);
	return 1;
}

const struct kg_stat kg_stat_auc = {
	.program = "attainment",
	.id = "auc",
	.title = "Area under the ROC curve of the exposure as a score for the outcome",
	.formula =
	    "probability that a case scores above a non-case, ties half; DeLong's standard error from placements; "
	    "limits by Wald on the logit scale; z = (auc - 0.5) / se",
	.source =
	    "DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44: 837-845; Sun and Xu 2014, IEEE Signal Process. "
	    "Lett. 21: 1389-1393",
	.assumes = "outcomes independent; two of each outcome for a standard error; 0/1 outcomes, not --trials",
	.unit = "0.5 (no better than chance) to 1",
	.agrees = "R pROC::auc, ci.auc (its limits are not on the logit scale)",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 2,
	.fit = fit_auc,
	.terms_most = 1,
};
