#include "attainment_robust.h"
#include "attainment_study.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "stats/qr.h"

static void add_covariate_choices(const struct kg_study *study)
{
	const struct kg_design *full = study->sample->design;
	struct kg_design less = { .n = full->n, .p = full->p - 1 };
	double *x = KG_ARRAY(study->scratch, double, full->n * full->p);

	for (size_t dropped = 0; x && dropped < full->p; dropped++) {
		size_t to = 0;

		if (dropped == study->focus || (full->intercept && dropped == 0))
			continue;
		for (size_t j = 0; j < full->p; j++)
			if (j != dropped)
				memcpy(x + full->n * to++, full->x + full->n * j, full->n * sizeof *x);
		less.x = x;
		kg_study_add(study, "without_covariate", "logistic",
			     kg_study_estimate(study, &less, study->focus - (dropped < study->focus), false, NULL),
			     full->name[dropped]);
	}
}

/* Other columns in the place of the covariate, by both methods. Rows where one is missing are left out. */
static void add_other_columns(const struct kg_study *study)
{
	const struct kg_design *full = study->sample->design;
	const struct kg_names *instead = &study->run->options->instead;
	struct kg_design other = *full;
	double *x = KG_ARRAY(study->scratch, double, full->n * full->p);
	struct kg_study fewer = *study;

	fewer.trials = KG_ARRAY(study->scratch, double, full->n + 1);
	if (!x || !fewer.trials)
		return;
	memcpy(x, full->x, full->n * full->p * sizeof *x);
	other.x = x;
	other.x_low = NULL;
	for (size_t k = 0; k < instead->count; k++) {
		const struct kg_column *column = kg_table_find(study->run->table, instead->name[k]);
		size_t missing = 0;

		for (size_t i = 0; i < full->n; i++) {
			bool gone = kg_column_missing(column, study->model->row[i]);

			x[study->focus * full->n + i] = gone ? 0 : column->real[study->model->row[i]];
			fewer.trials[i] = gone ? 0 : study->trials[i];
			missing += gone;
		}
		fewer.n_missing = study->n_missing + missing;
		for (int firth = 0; firth < 2; firth++)
			kg_study_add(&fewer, instead->name[k], firth ? "firth" : "logistic",
				     kg_study_estimate(&fewer, &other, study->focus, firth, NULL), NULL);
	}
}

static const char *name_place(const struct kg_study *study, size_t i)
{
	const char *id = study->run->options->id;
	uint32_t row = study->model->row[i];

	if (!id)
		return kg_arena_format(study->scratch, "line %zu", kg_table_line(study->run->table, row));
	return kg_column_cell(kg_table_find(study->run->table, id), row, study->scratch);
}

/* A row for the estimate without row i (unit NULL), or without all rows of its unit. */
static void add_without(const struct kg_study *study, const char *term, struct kg_effect effect, const uint32_t *unit,
			size_t i)
{
	struct kg_study fewer = *study;

	fewer.left_out = !unit;
	for (size_t j = 0; unit && j < study->sample->n; j++)
		fewer.left_out += unit[j] == unit[i];
	kg_study_add(&fewer, term, "logistic", effect,
		     unit ? kg_column_cell(study->run->cluster, study->model->row[i], study->scratch)
			  : name_place(study, i));
}

/* Rows with the lowest and the highest estimate without them, and the one farthest from the whole. */
struct extremes {
	size_t low, high, far;
	struct kg_effect at_low, at_high, at_far;
};

static struct kg_effect estimate_without(const struct kg_study *study, const uint32_t *unit, uint32_t which)
{
	struct kg_effect effect;

	for (size_t i = 0; i < study->sample->n; i++)
		if ((unit ? unit[i] : i) == which)
			study->trials[i] = 0;
	effect = kg_study_estimate(study, study->sample->design, study->focus, false, NULL);
	for (size_t i = 0; i < study->sample->n; i++)
		study->trials[i] = study->sample->exposure ? study->sample->exposure[i] : 1;
	return effect;
}

static bool is_first(const uint32_t *unit, size_t i)
{
	for (size_t j = 0; unit && j < i; j++)
		if (unit[j] == unit[i])
			return false;
	return true;
}

/* Leaves out each row (unit NULL), or all rows of each unit; where that leaves no estimate, a row says so. */
static struct extremes leave_out(const struct kg_study *study, const uint32_t *unit, double whole)
{
	struct extremes found = { .at_low = { INFINITY, NAN, KG_WHY_NONE },
				  .at_high = { -INFINITY, NAN, KG_WHY_NONE },
				  .at_far = { whole, NAN, KG_WHY_NONE } };

	for (size_t i = 0; i < study->sample->n; i++) {
		struct kg_effect effect;

		if (!is_first(unit, i))
			continue;
		effect = estimate_without(study, unit, unit ? unit[i] : (uint32_t)i);
		if (effect.why != KG_WHY_NONE) {
			add_without(study, unit ? "without_cluster" : "without_place", effect, unit, i);
			continue;
		}
		if (effect.estimate < found.at_low.estimate)
			found.low = i, found.at_low = effect;
		if (effect.estimate > found.at_high.estimate)
			found.high = i, found.at_high = effect;
		if (fabs(effect.estimate - whole) > fabs(found.at_far.estimate - whole))
			found.far = i, found.at_far = effect;
	}
	return found;
}

static void add_extremes(const struct kg_study *study, const uint32_t *unit, double whole)
{
	struct extremes found = leave_out(study, unit, whole);

	if (!isfinite(found.at_low.estimate))
		return;
	add_without(study, unit ? "without_cluster_lowest" : "without_place_lowest", found.at_low, unit, found.low);
	add_without(study, unit ? "without_cluster_highest" : "without_place_highest", found.at_high, unit, found.high);
	if (!unit)
		add_without(study, "most_influential", found.at_far, unit, found.far);
}

static void add_all(const struct kg_study *study)
{
	const struct kg_design *design = study->sample->design;
	struct kg_effect whole = kg_study_estimate(study, design, study->focus, false, NULL);

	kg_study_add(study, design->name[study->focus], "logistic", whole, NULL);
	kg_study_add(study, design->name[study->focus], "firth",
		     kg_study_estimate(study, design, study->focus, true, NULL), NULL);
	add_covariate_choices(study);
	add_other_columns(study);
	if (whole.why != KG_WHY_NONE)
		return;
	add_extremes(study, NULL, whole.estimate);
	if (study->sample->cluster)
		add_extremes(study, study->sample->cluster, whole.estimate);
	if (!study->sample->exposure) {
		kg_study_add_fragility(study, whole);
		kg_study_add_permutation(study);
	}
	if (study->sample->cluster)
		kg_study_add_between(study, whole.estimate);
}

enum kg_status kg_attainment_robust(const struct kg_attainment_run *run, size_t group, struct kg_arena *scratch,
				    struct kg_rows *rows, struct kg_error *error)
{
	struct kg_sample sample;
	struct kg_model model;
	struct kg_study study = { .run = run,
				  .model = &model,
				  .sample = &sample,
				  .conf_level = run->params.conf_level,
				  .scratch = scratch,
				  .rows = rows };

	KG_TRY(kg_attainment_sample(run, group, scratch, &model, &sample, error));
	study.n_missing = model.n_missing;
	study.focus = model.design.intercept;
	if (study.focus >= model.design.p)
		return kg_error_set(error, KG_EUSAGE, "'%s' has no covariate; --robustness needs one",
				    run->formula_text);
	study.success = KG_ARRAY(scratch, double, sample.n + 1);
	study.trials = KG_ARRAY(scratch, double, sample.n + 1);
	if (!study.success || !study.trials)
		return kg_error_memory(error);
	for (size_t i = 0; i < sample.n; i++) {
		study.success[i] = sample.y[i];
		study.trials[i] = sample.exposure ? sample.exposure[i] : 1;
	}
	if (sample.n < 3)
		kg_study_add(&study, model.design.name[study.focus], "logistic",
			     (struct kg_effect){ NAN, NAN, KG_WHY_TOO_FEW }, NULL);
	else
		add_all(&study);
	return kg_arena_failed(scratch) ? kg_error_memory(error) : KG_OK;
}

static bool is_listed(const char *const *name, size_t count, const char *what)
{
	for (size_t k = 0; k < count; k++)
		if (strcmp(name[k], what) == 0)
			return true;
	return false;
}

const char *kg_attainment_collinear(const struct kg_attainment_run *run, struct kg_arena *arena)
{
	struct kg_buffer list = kg_buffer_new(arena);
	const char **name = NULL;
	size_t count = 0;

	for (size_t g = 0; g < run->groups.ngroup; g++) {
		struct kg_sample sample;
		struct kg_model model;
		struct kg_error error;
		struct kg_qr *qr;

		if (kg_attainment_sample(run, g, arena, &model, &sample, &error) != KG_OK || sample.n < 3)
			continue;
		qr = kg_qr_new(model.design.n, model.design.p, arena);
		name = name ? name : KG_ARRAY(arena, const char *, model.design.p);
		if (!qr || !name)
			return NULL;
		kg_qr_factor(qr, &model.design, NULL);
		for (size_t j = 0; j < model.design.p; j++)
			if (qr->collinear[j] && !is_listed(name, count, model.design.name[j])) {
				name[count++] = model.design.name[j];
				kg_buffer_printf(&list, "%s'%s'", count > 1 ? ", " : "", model.design.name[j]);
			}
	}
	return list.length ? list.text : NULL;
}
