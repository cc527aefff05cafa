#include <math.h>
#include <string.h>

#include "attainment.h"
#include "stats/interval.h"
#include "stats/logistic.h"
#include "table/builder.h"

#define CURVE_POINTS 101

static double to_probability(double log_odds)
{
	return 1 / (1 + exp(-log_odds));
}

struct curve {
	double low, high; /* of the covariate */
	const double *coefficient, *covariance;
	double z;
};

static void add_points(struct kg_builder *builder, const struct curve *curve)
{
	const double *covariance = curve->covariance;

	for (size_t k = 0; k < CURVE_POINTS; k++) {
		double x = curve->low + (curve->high - curve->low) * (double)k / (CURVE_POINTS - 1);
		double centre = curve->coefficient[0] + curve->coefficient[1] * x;
		double half = curve->z * sqrt(covariance[0] + 2 * x * covariance[1] + x * x * covariance[3]);

		kg_builder_row(builder);
		kg_builder_real(builder, 0, x);
		kg_builder_real(builder, 1, to_probability(centre));
		kg_builder_real(builder, 2, to_probability(centre - half));
		kg_builder_real(builder, 3, to_probability(centre + half));
	}
}

/* Fitted probability with its band. */
static enum kg_status draw_curve(const struct kg_attainment_run *run, const struct curve *curve,
				 const struct kg_table **table, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new("fit", arena);

	if (!builder)
		return kg_error_memory(error);
	kg_builder_column(builder, run->exposure, KG_REAL, kg_table_find(run->table, run->exposure)->unit);
	kg_builder_column(builder, "estimate", KG_REAL, NULL);
	kg_builder_column(builder, "conf_low", KG_REAL, NULL);
	kg_builder_column(builder, "conf_high", KG_REAL, NULL);
	add_points(builder, curve);
	return kg_builder_finish(builder, run->table->from, table, error);
}

/* The raw outcomes, in the columns of the curve. */
static enum kg_status list_outcomes(const struct kg_attainment_run *run, const struct kg_sample *sample,
				    const struct kg_table **table, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new("outcomes", arena);

	if (!builder)
		return kg_error_memory(error);
	kg_builder_column(builder, run->exposure, KG_REAL, NULL);
	kg_builder_column(builder, "estimate", KG_REAL, NULL);
	for (size_t i = 0; i < sample->n; i++) {
		kg_builder_row(builder);
		kg_builder_real(builder, 0, sample->x[i]);
		kg_builder_real(builder, 1, sample->exposure ? sample->y[i] / sample->exposure[i] : sample->y[i]);
	}
	return kg_builder_finish(builder, run->table->from, table, error);
}

enum kg_status kg_attainment_picture(const struct kg_attainment_run *run, struct kg_picture *picture,
				     struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_column *exposure = run->exposure ? kg_table_find(run->table, run->exposure) : NULL;
	struct kg_logit_problem problem = { .fixed = KG_LOGIT_FREE };
	double *covariance = KG_ARRAY(arena, double, 4);
	struct kg_sample sample;
	struct kg_model model;
	struct kg_logit *fit;
	struct kg_term *term;
	struct curve curve;

	if (!exposure || exposure->type == KG_TEXT || run->groups.ngroup != 1 || !covariance)
		return KG_OK;
	KG_TRY(kg_attainment_sample(run, 0, arena, &model, &sample, error));
	term = KG_ARRAY(arena, struct kg_term, model.design.p + KG_LOGIT_SUMMARY_TERMS);
	if (!term)
		return kg_error_memory(error);
	if (model.design.p != 2 || !model.design.intercept || sample.n < 3 ||
	    kg_logistic_fit(&sample, &run->params, arena, term, &fit) == 0 || fit->why != KG_WHY_NONE ||
	    fit->full->rank < 2)
		return KG_OK;
	problem.design = &model.design;
	kg_logit_covariance(&problem, fit, covariance, arena);
	curve =
	    (struct curve){ INFINITY, -INFINITY, fit->coefficient, covariance, kg_interval_z(run->params.conf_level) };
	for (size_t i = 0; i < sample.n; i++) {
		curve.low = fmin(curve.low, sample.x[i]);
		curve.high = fmax(curve.high, sample.x[i]);
	}
	KG_TRY(draw_curve(run, &curve, &picture->table, arena, error));
	KG_TRY(list_outcomes(run, &sample, &picture->data, arena, error));
	picture->kind = "fit";
	picture->x = run->exposure;
	picture->y = "estimate";
	picture->low = "conf_low";
	picture->high = "conf_high";
	picture->note = kg_arena_format(arena, "logistic, n = %zu", sample.n);
	return KG_OK;
}
