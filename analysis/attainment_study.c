#include "attainment_study.h"

#include <math.h>

#include "stats/interval.h"
#include "stats/logit.h"

struct kg_effect kg_study_estimate(const struct kg_study *study, const struct kg_design *design, size_t focus,
				   bool firth, double *direction)
{
	struct kg_arena_mark mark = kg_arena_mark(study->scratch);
	struct kg_logit_problem problem = { design, study->success, study->trials, firth, KG_LOGIT_FREE, 0 };
	struct kg_logit *fit = kg_logit_new(design->n, design->p, study->scratch);
	double *covariance = KG_ARRAY(study->scratch, double, design->p * design->p);
	struct kg_effect effect = { NAN, NAN, KG_WHY_NOT_CONVERGED };

	if (fit && covariance) {
		kg_logit_maximise(&problem, fit);
		effect.why = fit->why;
		kg_logit_covariance(&problem, fit, covariance, study->scratch);
		if (effect.why == KG_WHY_NONE && fit->full->collinear[focus])
			effect.why = KG_WHY_COLLINEAR;
		if (effect.why == KG_WHY_NONE)
			effect = (struct kg_effect){ fit->coefficient[focus],
						     sqrt(covariance[focus * design->p + focus]), KG_WHY_NONE };
		for (size_t i = 0; direction && i < design->n; i++) {
			direction[i] = 0;
			for (size_t j = 0; j < design->p; j++)
				if (!fit->full->collinear[j])
					direction[i] +=
					    covariance[focus * design->p + j] * design->x[j * design->n + i];
		}
	}
	kg_arena_rewind(study->scratch, mark);
	return effect;
}

struct kg_row kg_study_row(const struct kg_study *study, const char *name, const char *method)
{
	struct kg_row row = { .term = kg_term_new(name, NULL),
			      .method = method,
			      .n = (double)(study->model->n_missing + study->sample->n - study->n_missing -
					    study->left_out),
			      .n_missing = (double)study->n_missing };

	for (size_t k = 0; k < KG_ATTAINMENT_LEFT_OUT; k++)
		row.own[k].real = NAN;
	return row;
}

void kg_study_add(const struct kg_study *study, const char *name, const char *method, struct kg_effect effect,
		  const char *left_out)
{
	struct kg_row row = kg_study_row(study, name, method);
	double half = kg_interval_z(study->conf_level) * effect.std_error;

	row.term.unit = "log-odds";
	row.term.why = effect.why;
	row.own[KG_ATTAINMENT_LEFT_OUT].text = left_out;
	if (effect.why == KG_WHY_NONE) {
		row.term.estimate = effect.estimate;
		row.term.std_error = effect.std_error;
		row.term.conf_low = effect.estimate - half;
		row.term.conf_high = effect.estimate + half;
		row.term.statistic = effect.estimate / effect.std_error;
		row.term.p_value = 2 * pnorm(-fabs(row.term.statistic), 0, 1, 1, 0);
		row.own[KG_ATTAINMENT_ODDS_RATIO].real = exp(row.term.estimate);
		row.own[KG_ATTAINMENT_OR_LOW].real = exp(row.term.conf_low);
		row.own[KG_ATTAINMENT_OR_HIGH].real = exp(row.term.conf_high);
	}
	kg_rows_add(study->rows, &row);
}
