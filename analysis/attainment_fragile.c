#include <math.h>
#include <string.h>

#include "attainment_study.h"
#include "stats/interval.h"
#include "stats/resample.h"

static void add_count(const struct kg_study *study, const char *name, double count, enum kg_why why)
{
	struct kg_row row = kg_study_row(study, name, "logistic");

	row.term.unit = "outcomes";
	row.term.estimate = count;
	row.term.why = why;
	kg_rows_add(study->rows, &row);
}

/* Changes the outcome that, to first order, moves the estimate most towards zero and beyond; false: none is left. */
static bool change_one(const struct kg_study *study, const double *direction, double sign)
{
	size_t best = study->sample->n;
	double most = 0;

	for (size_t i = 0; i < study->sample->n; i++) {
		double change = study->success[i] > 0 ? -1 : 1, gain = -sign * change * direction[i];

		if (gain > most) {
			most = gain;
			best = i;
		}
	}
	if (best == study->sample->n)
		return false;
	study->success[best] = study->success[best] > 0 ? 0 : 1;
	return true;
}

/* Outcomes changed one after the other until the sign turns; on the way, until p is no longer below alpha. */
void kg_study_add_fragility(const struct kg_study *study, struct kg_effect whole)
{
	double sign = whole.estimate > 0 ? 1 : -1, z = kg_interval_z(study->conf_level), lost = NAN, turned = NAN;
	double *direction = KG_ARRAY(study->scratch, double, study->sample->n + 1);

	for (size_t changed = 0; direction && changed <= study->sample->n / 2; changed++) {
		struct kg_effect effect =
		    kg_study_estimate(study, study->sample->design, study->focus, false, direction);

		if (effect.why != KG_WHY_NONE)
			break;
		if (isnan(lost) && !(sign * effect.estimate / effect.std_error > z))
			lost = (double)changed;
		if (sign * effect.estimate <= 0) {
			turned = (double)changed;
			break;
		}
		if (!change_one(study, direction, sign))
			break;
	}
	memcpy(study->success, study->sample->y, study->sample->n * sizeof *study->success);
	add_count(study, "changes_to_lose_significance", lost, isnan(lost) ? KG_WHY_NOT_CONVERGED : KG_WHY_NONE);
	add_count(study, "changes_to_reverse_sign", turned, isnan(turned) ? KG_WHY_NOT_CONVERGED : KG_WHY_NONE);
}

struct scores {
	const double *x, *y;
	size_t n;
};

static double sum_products(const void *data, const uint32_t *order, struct kg_arena *scratch)
{
	const struct scores *scores = data;
	double sum = 0;

	(void)scratch;
	for (size_t i = 0; i < scores->n; i++)
		sum += scores->x[i] * scores->y[order[i]];
	return sum;
}

/* Covariate less its mean within each stratum, so that the sum of products is zero on average. */
static double *centre_within(const struct kg_study *study, const struct kg_strata *strata)
{
	const double *x = study->sample->design->x + study->focus * study->sample->n;
	double *centred = KG_ARRAY(study->scratch, double, study->sample->n + 1);

	for (size_t s = 0; centred && s < strata->count; s++) {
		uint32_t from = strata->start[s], to = strata->start[s + 1];
		double mean = 0;

		for (uint32_t k = from; k < to; k++)
			mean += x[strata->member[k]] / (to - from);
		for (uint32_t k = from; k < to; k++)
			centred[strata->member[k]] = x[strata->member[k]] - mean;
	}
	return centred;
}

void kg_study_add_permutation(const struct kg_study *study)
{
	const struct kg_params *params = &study->run->params;
	const uint32_t *unit = study->sample->stratum ? study->sample->stratum : study->sample->cluster;
	struct scores scores = { NULL, study->sample->y, study->sample->n };
	struct kg_resampled statistic = { &scores, NULL, sum_products };
	struct kg_resampling how = { .seed = params->seed,
				     .replicates = params->permutations ? params->permutations : KG_STUDY_PERMUTATIONS,
				     .threads = params->threads,
				     .strata = kg_strata_make(unit, study->sample->n, study->scratch) };
	struct kg_row row = kg_study_row(study, unit ? "permutation_within" : "permutation", "logistic");
	uint32_t *code = KG_ARRAY(study->scratch, uint32_t, study->sample->n + 1);
	double observed = 0, size = 0;

	scores.x = centre_within(study, &how.strata);
	if (!code || !scores.x)
		return;
	for (size_t i = 0; i < study->sample->n; i++) {
		code[i] = study->sample->y[i] > 0;
		observed += scores.x[i] * scores.y[i];
		size += fabs(scores.x[i]);
	}
	row.term.p_value = kg_permutation_test(&statistic, &how, code, observed, KG_PERMUTATION_SLACK * size).p;
	kg_rows_add(study->rows, &row);
}

/* The association between clusters: share of successes by mean of the covariates. */
void kg_study_add_between(const struct kg_study *study, double whole)
{
	const struct kg_design *full = study->sample->design;
	size_t n = full->n, count = kg_strata_make(study->sample->cluster, n, study->scratch).count;
	double *x = KG_ARRAY(study->scratch, double, count * full->p + 1),
	       *size = KG_ARRAY(study->scratch, double, count + 1);
	struct kg_design between = { .n = count, .p = full->p, .x = x };
	struct kg_study clusters = *study;
	struct kg_effect effect;

	clusters.success = KG_ARRAY(study->scratch, double, count + 1);
	clusters.trials = KG_ARRAY(study->scratch, double, count + 1);
	if (kg_arena_failed(study->scratch))
		return;
	for (size_t i = 0; i < n; i++) {
		uint32_t c = study->sample->cluster[i];

		size[c]++;
		clusters.success[c] += study->sample->y[i];
		clusters.trials[c] += study->trials[i];
		for (size_t j = 0; j < full->p; j++)
			x[j * count + c] += full->x[j * n + i];
	}
	for (size_t k = 0; k < count * full->p; k++)
		x[k] /= size[k % count] > 0 ? size[k % count] : 1;
	effect = kg_study_estimate(&clusters, &between, study->focus, false, NULL);
	if (effect.why == KG_WHY_NONE && effect.estimate * whole < 0)
		kg_study_add(study, "between_clusters_reversed", "logistic", effect, NULL);
	else
		kg_study_add(study, "between_clusters", "logistic", effect, NULL);
}
