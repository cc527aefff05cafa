#include <string.h>

#include "growth.h"

/* A model's expected logarithm and half its interval at one time. */
struct place {
	double x, level, reach;
};

static const struct kg_stat *first_model(const struct kg_names *method)
{
	for (size_t m = 0; m < method->count; m++)
		for (const char *const *model = kg_growth_models; *model; model++)
			if (strcmp(method->name[m], *model) == 0)
				return kg_stat_find("growth", *model);
	return NULL;
}

/* The intercept of the model with years counted from place->x. */
static bool fit_at(const struct kg_growth_run *run, const struct kg_stat *stat, const struct kg_sample *sample,
		   struct kg_arena *scratch, struct place *place)
{
	double *years = KG_ARRAY(scratch, double, sample->n);
	struct kg_term *term = KG_ARRAY(scratch, struct kg_term, stat->terms_most);
	struct kg_sample moved = *sample;

	if (!years || !term)
		return false;
	for (size_t i = 0; i < sample->n; i++)
		years[i] = sample->x[i] - place->x;
	moved.x = years;
	if (stat->fit(&moved, &run->params, scratch, term, stat->terms_most) < 2)
		return !kg_arena_failed(scratch);
	place->level = term[1].estimate;
	place->reach = term[1].conf_high - term[1].estimate;
	return true;
}

/* The variance of a straight line is a parabola in time: the one through three places. */
static double find_reach(const struct place *at, double x)
{
	double square = 0;

	for (size_t i = 0; i < 3; i++) {
		double share = at[i].reach * at[i].reach;

		for (size_t j = 0; j < 3; j++)
			share *= j == i ? 1 : (x - at[j].x) / (at[i].x - at[j].x);
		square += share;
	}
	return sqrt(square);
}

bool kg_growth_curve(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
		     struct kg_picture_curve *curve)
{
	const struct kg_growth_run *run = context;
	const struct kg_stat *stat = first_model(&run->options->method);
	const struct kg_sample *sample = &part->sample;
	struct place at[3] = { { 0, NAN, NAN }, { 0, NAN, NAN }, { 0, NAN, NAN } };
	double first, last;

	(void)group;
	if (sample->n < stat->min_n)
		return true;
	first = sample->x[0];
	last = sample->x[sample->n - 1];
	for (size_t k = 0; k < 3; k++) {
		at[k].x = first + (last - first) * (double)k / 2;
		if (!fit_at(run, stat, sample, scratch, &at[k]))
			return false;
	}
	for (size_t i = 0; i < sample->n; i++) {
		double x = sample->x[i], reach = find_reach(at, x);
		double level = at[0].level + (at[2].level - at[0].level) * (x - first) / (last - first);

		curve->fitted[i] = exp(level);
		curve->low[i] = exp(level - reach);
		curve->high[i] = exp(level + reach);
	}
	return true;
}
