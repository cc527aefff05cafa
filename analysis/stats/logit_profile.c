#include <math.h>
#include <Rmath.h>
#include <string.h>

#include "stats/logit.h"

#define WIDENINGS_MOST 40 /* of the bracket, by half each: e^16 standard errors */
#define NARROWINGS_MOST 100
/* Rounding of the objective, a sum of about 1e2 terms beside its own size, as a share. */
#define HEIGHT_ROUNDING 1e-14

struct profile {
	struct kg_logit_problem problem;
	const struct kg_logit *best;
	struct kg_logit *fit;
	double root;	/* of the fall of twice the objective at the limits */
	double *before; /* coefficients of the fit before the last, at `before_at` */
	double before_at;
};

/* A value of the fixed coefficient, and how far the root of the fall is there from that of the limits: nearly a
 * straight line, so that few fits find its zero. */
struct point {
	double at, height;
};

static bool open_profile(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j,
			 struct kg_arena *scratch, struct profile *profile)
{
	size_t n = problem->design->n, p = problem->design->p;

	*profile = (struct profile){ .problem = *problem,
				     .best = best,
				     .fit = kg_logit_new(n, p, scratch),
				     .before = KG_ARRAY(scratch, double, p) };
	profile->problem.fixed = j;
	return profile->fit && profile->before;
}

/* Back to the maximum. */
static void restart(struct profile *profile)
{
	size_t p = profile->problem.design->p;

	memcpy(profile->fit->coefficient, profile->best->coefficient, p * sizeof *profile->before);
	memcpy(profile->before, profile->best->coefficient, p * sizeof *profile->before);
	profile->before_at = profile->best->coefficient[profile->problem.fixed];
}

/* Fits with the coefficient held, from the line through the last two fits. */
static double climb(struct profile *profile, double value)
{
	double *coefficient = profile->fit->coefficient, last_at = coefficient[profile->problem.fixed];
	double share = last_at != profile->before_at ? (value - last_at) / (last_at - profile->before_at) : 0;

	for (size_t j = 0; j < profile->problem.design->p; j++) {
		double last = coefficient[j];

		coefficient[j] += share * (last - profile->before[j]);
		profile->before[j] = last;
	}
	profile->before_at = last_at;
	profile->problem.fixed_at = value;
	kg_logit_maximise(&profile->problem, profile->fit);
	return profile->fit->objective;
}

double kg_logit_profile_at(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j, double value,
			   struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct profile profile;
	double objective = NAN;

	if (open_profile(problem, best, j, scratch, &profile)) {
		restart(&profile);
		objective = climb(&profile, value);
	}
	kg_arena_rewind(scratch, mark);
	return objective;
}

static struct point find_point(struct profile *profile, double at)
{
	double fall = 2 * (profile->best->objective - climb(profile, at));

	return (struct point){ at, profile->root - (isnan(fall) ? fall : sqrt(fmax(0, fall))) };
}

/* Zero between two points by the false position, the height of an end that stays twice halved (Dowell and Jarratt
 * 1971). */
static double narrow(struct profile *profile, struct point inner, struct point outer)
{
	double least = HEIGHT_ROUNDING * (100 + fabs(profile->best->objective)), last = 0;

	for (size_t k = 0; k < NARROWINGS_MOST; k++) {
		double share = inner.height / (inner.height - outer.height);
		struct point next = find_point(profile, inner.at + share * (outer.at - inner.at));

		if (isnan(next.height) || fabs(next.height) <= least || next.at == inner.at || next.at == outer.at)
			return isnan(next.height) ? NAN : next.at;
		if (next.height < 0) {
			inner.height /= last < 0 ? 2 : 1;
			outer = next;
		} else {
			outer.height /= last > 0 ? 2 : 1;
			inner = next;
		}
		last = next.height;
	}
	return NAN;
}

static double find_limit(struct profile *profile, double step)
{
	struct point inner = { profile->best->coefficient[profile->problem.fixed], profile->root }, outer;

	restart(profile);
	for (size_t i = 0; i < WIDENINGS_MOST; i++, step *= 1.5) {
		outer = find_point(profile, inner.at + step);
		if (isnan(outer.height))
			return NAN;
		if (outer.height <= 0)
			return narrow(profile, inner, outer);
		inner = outer;
	}
	return step < 0 ? -INFINITY : INFINITY;
}

struct kg_profile kg_logit_profile(const struct kg_logit_problem *problem, const struct kg_logit *best, size_t j,
				   double std_error, double conf_level, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	double root = sqrt(qchisq(conf_level, 1, 1, 0)), step = root * std_error;
	struct kg_profile limits = { NAN, NAN };
	struct profile profile;

	if (isfinite(step) && open_profile(problem, best, j, scratch, &profile)) {
		profile.root = root;
		limits.low = find_limit(&profile, -step);
		limits.high = find_limit(&profile, step);
	}
	kg_arena_rewind(scratch, mark);
	return limits;
}
