#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/logit.h"
#include "stats/root.h"

#define WIDENINGS_MOST 40 /* of the bracket, by half each: e^16 standard errors */

struct profile {
	struct kg_logit_problem problem;
	const struct kg_logit *best;
	struct kg_logit *fit;
	double target;
	struct kg_arena *scratch;
};

static bool open_profile(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j,
			 struct kg_arena *scratch, struct profile *profile)
{
	size_t n = problem->design->n, p = problem->design->p;

	*profile = (struct profile){ *problem, best, kg_logit_new(n, p, scratch), 0, scratch };
	profile->problem.fixed = j;
	if (!profile->fit)
		return false;
	memcpy(profile->fit->coefficient, best->coefficient, p * sizeof *best->coefficient);
	profile->fit->reduced = kg_qr_new(n, p, scratch);
	return profile->fit->reduced != NULL;
}

/* Each fit starts where the last one ended. */
static double climb(const void *context, double value)
{
	struct profile *profile = (struct profile *)context;
	struct kg_arena_mark mark = kg_arena_mark(profile->scratch);

	profile->problem.fixed_at = value;
	kg_logit_maximise(&profile->problem, profile->fit, profile->scratch);
	kg_arena_rewind(profile->scratch, mark);
	return profile->fit->objective - profile->target;
}

double kg_logit_profile_at(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j, double value,
			   struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct profile profile;
	double objective = open_profile(problem, best, j, scratch, &profile) ? climb(&profile, value) : NAN;

	kg_arena_rewind(scratch, mark);
	return objective;
}

static double find_limit(struct profile *profile, double from, double step)
{
	double inner = from;

	memcpy(profile->fit->coefficient, profile->best->coefficient,
	       profile->problem.design->p * sizeof *profile->fit->coefficient);
	for (size_t i = 0; i < WIDENINGS_MOST; i++, step *= 1.5) {
		double outer = inner + step, height = climb(profile, outer);

		if (isnan(height))
			return NAN;
		if (height <= 0)
			return kg_root_find(climb, profile, fmin(inner, outer), fmax(inner, outer));
		inner = outer;
	}
	return step < 0 ? -INFINITY : INFINITY;
}

struct kg_profile kg_logit_profile(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j,
				   double std_error, double conf_level, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	double quantile = qchisq(conf_level, 1, 1, 0), step = sqrt(quantile) * std_error;
	struct kg_profile limits = { NAN, NAN };
	struct profile profile;

	if (isfinite(step) && open_profile(problem, best, j, scratch, &profile)) {
		profile.target = best->objective - quantile / 2;
		limits.low = find_limit(&profile, best->coefficient[j], -step);
		limits.high = find_limit(&profile, best->coefficient[j], step);
	}
	kg_arena_rewind(scratch, mark);
	return limits;
}
