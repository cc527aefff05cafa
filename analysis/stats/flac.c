#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/coefficient.h"
#include "stats/interval.h"
#include "stats/logit.h"
#include "stats/stat.h"

/* The rows, then each again with its leverage under Firth's fit as trials, half of them successes, marked by a column
 * of its own. */
struct augmented {
	struct kg_design design;
	double *success, *trials;
};

static bool augment(const struct kg_sample *sample, const struct kg_logit *firth, struct augmented *augmented,
		    struct kg_arena *scratch)
{
	const struct kg_design *design = sample->design;
	size_t n = design->n, p = design->p;
	double *x = KG_ARRAY(scratch, double, 2 * n * (p + 1));
	const char **name = KG_ARRAY(scratch, const char *, p + 1);

	augmented->success = KG_ARRAY(scratch, double, 2 * n);
	augmented->trials = KG_ARRAY(scratch, double, 2 * n);
	if (kg_arena_failed(scratch))
		return false;
	for (size_t j = 0; j < p; j++) {
		memcpy(x + 2 * n * j, design->x + n * j, n * sizeof *x);
		memcpy(x + 2 * n * j + n, design->x + n * j, n * sizeof *x);
		name[j] = design->name[j];
	}
	name[p] = "added";
	for (size_t i = 0; i < n; i++) {
		x[2 * n * p + n + i] = 1;
		augmented->success[i] = sample->y[i];
		augmented->trials[i] = sample->exposure ? sample->exposure[i] : 1;
		augmented->success[n + i] = firth->leverage[i] / 2;
		augmented->trials[n + i] = firth->leverage[i];
	}
	augmented->design =
	    (struct kg_design){ .n = 2 * n, .p = p + 1, .x = x, .name = name, .intercept = design->intercept };
	return true;
}

static struct kg_term make_term(const struct kg_logit_problem *problem, const struct kg_logit *fit, size_t j,
				double std_error, const struct kg_params *params, struct kg_arena *scratch)
{
	struct kg_term term =
	    kg_coefficient_term(problem->design->name[j], fit->coefficient[j], std_error, INFINITY, params->conf_level);

	term.unit = "log-odds";
	if (!params->interval || strcmp(params->interval, "profile") == 0) {
		struct kg_profile limits = kg_logit_profile(problem, fit, j, std_error, params->conf_level, scratch);

		term.conf_low = limits.low;
		term.conf_high = limits.high;
		term.statistic = 2 * (fit->objective - kg_logit_profile_at(problem, fit, j, 0, scratch));
		term.df = 1;
		term.p_value = pchisq(fmax(0, term.statistic), 1, 0, 0);
	}
	return term;
}

static size_t say_why(const struct kg_design *design, enum kg_why why, struct kg_term *out)
{
	for (size_t j = 0; j < design->p; j++)
		out[j] = kg_term_none(design->name[j], "log-odds", why);
	return design->p;
}

static size_t fit_flac(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, size_t room)
{
	const struct kg_design *design = sample->design;
	struct kg_logit_problem first = { design, sample->y, sample->exposure, true, KG_LOGIT_FREE, 0 }, second;
	struct kg_logit *firth = kg_logit_new(design->n, design->p, scratch), *fit;
	double *covariance = KG_ARRAY(scratch, double, (design->p + 1) * (design->p + 1));
	struct augmented augmented;

	(void)room;
	if (!firth || !covariance)
		return 0;
	kg_logit_maximise(&first, firth);
	if (firth->why != KG_WHY_NONE)
		return say_why(design, firth->why, out);
	if (!augment(sample, firth, &augmented, scratch))
		return 0;
	second = (struct kg_logit_problem){ &augmented.design, augmented.success,
					    augmented.trials,  false,
					    KG_LOGIT_FREE,     0 };
	fit = kg_logit_new(2 * design->n, design->p + 1, scratch);
	if (!fit)
		return 0;
	kg_logit_maximise(&second, fit);
	if (fit->why != KG_WHY_NONE)
		return say_why(design, fit->why, out);
	kg_logit_covariance(&second, fit, covariance, scratch);
	for (size_t j = 0; j < design->p; j++)
		out[j] = fit->full->collinear[j]
			     ? kg_term_none(design->name[j], "log-odds", KG_WHY_COLLINEAR)
			     : make_term(&second, fit, j, sqrt(covariance[j * (design->p + 2)]), params, scratch);
	return kg_arena_failed(scratch) ? 0 : design->p;
}

const struct kg_stat kg_stat_flac = {
	.program = "attainment",
	.id = "flac",
	.title = "Firth's logistic regression with added covariate (FLAC): probabilities that add up",
	.formula =
	    "maximum likelihood for the rows and, behind them, each row again with weight h / 2 as success and as "
	    "failure, h its leverage in Firth's fit, told apart by a covariate of their own; limits and test by the "
	    "profile of that likelihood",
	.source = "Puhr et al. 2017, Stat. Med. 36: 2302-2317",
	.assumes = "as firth; unlike Firth's own, its fitted probabilities are not drawn towards one half; with an "
		   "intercept they add up to the observed successes",
	.unit = "log-odds; odds_ratio beside them",
	.agrees = "R logistf::flac",
	.needs = KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 2,
	.fit = fit_flac,
};
